package dev.heddle.control.index;

import java.util.List;

/** Istio's exportTo: who may see an object. */
final class Visibility {

  private Visibility() {}

  /** Absent means everybody, {@code .} the owner's namespace, {@code ~} nobody. */
  static boolean visible(List<String> exportTo, String owner, String client) {
    if (exportTo.isEmpty() || exportTo.contains("*")) {
      return true;
    }
    return exportTo.contains(client) || (exportTo.contains(".") && owner.equals(client));
  }
}
