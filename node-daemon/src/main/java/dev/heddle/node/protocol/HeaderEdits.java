package dev.heddle.node.protocol;

import dev.heddle.policy.route.HeaderChange;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * Applies what routes do to headers; the host is none of them, for the attempt's authority says it.
 */
public final class HeaderEdits {

  private HeaderEdits() {}

  /** In order; of each change first what is removed, then what is set, then what is added. */
  public static void apply(List<HeaderChange> changes, HttpHeaders headers) {
    for (HeaderChange change : changes) {
      for (String name : change.remove()) {
        if (!HeaderChange.namesAuthority(name)) {
          headers.remove(name);
        }
      }
      change.set().forEach((name, value) -> set(headers, name, value));
      change.add().forEach((name, value) -> add(headers, name, value));
    }
  }

  private static void set(HttpHeaders headers, String name, String value) {
    if (!HeaderChange.namesAuthority(name)) {
      headers.set(name, value);
    }
  }

  private static void add(HttpHeaders headers, String name, String value) {
    if (!HeaderChange.namesAuthority(name)) {
      headers.add(name, value);
    }
  }
}
