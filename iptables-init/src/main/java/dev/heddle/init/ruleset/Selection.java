package dev.heddle.init.ruleset;

import java.util.List;

/** Istio's {@code *} or a list, which may be empty. */
public sealed interface Selection<T> {

  /** {@code *}. */
  record All<T>() implements Selection<T> {}

  /** These and no others. */
  record Only<T>(List<T> items) implements Selection<T> {
    public Only {
      items = List.copyOf(items);
    }
  }
}
