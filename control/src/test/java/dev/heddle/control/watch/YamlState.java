package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigState;
import dev.heddle.rules.RuleParser;

/** A state of the world, written as YAML. */
public final class YamlState {

  private YamlState() {}

  /** The state; AssertionError if anything in the text is refused. */
  public static ConfigState of(String... documents) {
    FileContent content = content(String.join("\n---\n", documents));
    if (!content.errors().isEmpty()) {
      throw new AssertionError(content.errors().toString());
    }
    return ConfigState.of(content.objects());
  }

  /** What is said of the text though it is taken; AssertionError if anything is refused. */
  public static String problems(String... documents) {
    FileContent content = content(String.join("\n---\n", documents));
    if (!content.errors().isEmpty()) {
      throw new AssertionError(content.errors().toString());
    }
    return content.warnings().toString();
  }

  static FileContent content(String text) {
    return FileContent.EMPTY.updated(text, new RuleParser(), new KubernetesObjects());
  }
}
