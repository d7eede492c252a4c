package dev.heddle.control.index;

import java.util.List;
import java.util.Locale;

/** How hosts are written and which of them a wildcard covers. */
final class HostNames {

  static final String CLUSTER_DOMAIN = "cluster.local";
  private static final String SERVICE_SUFFIX = ".svc." + CLUSTER_DOMAIN;

  /** The {@link #specificity} of a host without a wildcard. */
  static final int EXACT = Integer.MAX_VALUE;

  private HostNames() {}

  static String serviceHost(String name, String namespace) {
    return name + "." + namespace + SERVICE_SUFFIX;
  }

  /**
   * Istio: a name without a dot is a service of the rule's own namespace, others stand as they are.
   */
  static String inRule(String host, String namespace) {
    String lower = host.toLowerCase(Locale.ROOT);
    boolean isShort = !lower.contains(".") && !lower.startsWith("*");
    return isShort ? serviceHost(lower, namespace) : lower;
  }

  /** An IPv6 address without what URIs write around it. */
  static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** What a pod's resolver would try for a name that an app calls, in order. */
  static List<String> asCalled(String host, String namespace) {
    String lower = host.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return List.of(
        name, serviceHost(name, namespace), name + SERVICE_SUFFIX, name + "." + CLUSTER_DOMAIN);
  }

  /** Whether the pattern, which may begin with {@code *}, covers the host. */
  static boolean covers(String pattern, String host) {
    return pattern.startsWith("*")
        ? host.endsWith(pattern.substring(1)) && host.length() > pattern.length() - 1
        : pattern.equals(host);
  }

  /** How specific a pattern is: exact before wildcards, longer wildcards before shorter ones. */
  static int specificity(String pattern) {
    return pattern.startsWith("*") ? pattern.length() : EXACT;
  }
}
