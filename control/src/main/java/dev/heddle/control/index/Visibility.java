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

  /** Whether whoever sees an object that is exported so sees another one too. */
  static boolean includes(
      List<String> other, String otherOwner, List<String> exportTo, String owner) {
    if (other.isEmpty() || other.contains("*")) {
      return true;
    }
    return !exportTo.isEmpty()
        && exportTo.stream()
            .filter(to -> !to.equals("~"))
            .map(to -> to.equals(".") ? owner : to)
            .allMatch(client -> visible(other, otherOwner, client));
  }
}
