package dev.heddle.node.admin;

import java.util.Map;
import java.util.TreeMap;

/** {@code /}: which pages there are. */
public final class IndexPage implements PageServer.Page {

  private final Map<String, String> pages;

  /**
   * @param pages what each path says
   */
  public IndexPage(Map<String, String> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public Reply get() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(pages)
        .forEach((path, says) -> text.append(path).append("  ").append(says).append('\n'));
    return Reply.text(200, text.toString());
  }
}
