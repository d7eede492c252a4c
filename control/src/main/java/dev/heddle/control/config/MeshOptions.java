package dev.heddle.control.config;

/**
 * What holds for the mesh as a whole.
 *
 * @param rootNamespace whose DestinationRules and security policies hold in all namespaces
 */
public record MeshOptions(String rootNamespace) {

  /** Istio's. */
  public static final MeshOptions DEFAULT = new MeshOptions("istio-system");
}
