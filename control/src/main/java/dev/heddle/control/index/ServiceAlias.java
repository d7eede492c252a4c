package dev.heddle.control.index;

import java.util.List;

/**
 * Another name of a host: a Kubernetes service of type ExternalName. As in Istio since 1.20 whoever
 * calls it calls the host behind it, whose rules and ports hold; rules for the alias do not.
 *
 * @param host fully qualified
 * @param target the host behind it, which may be an alias too, or none that the mesh knows
 */
record ServiceAlias(String host, String namespace, List<String> exportTo, String target) {}
