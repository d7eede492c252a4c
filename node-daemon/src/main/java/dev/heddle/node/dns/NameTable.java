package dev.heddle.node.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mesh's names as a pod of one namespace writes them, as in Istio's DNS proxy: whole; short,
 * where its resolver has no search domains; with the first of its search domains behind it, where
 * it has, so that the question ends here and not in three that fail elsewhere.
 */
final class NameTable {

  /** What a name means: addresses, and the name that it stands for, itself mostly. */
  record Found(String name, List<InetAddress> addresses) {}

  /** As control writes hosts of Services. */
  private static final String CLUSTER_DOMAIN = ".cluster.local";

  private final Map<String, List<InetAddress>> names;
  private final String searchDomain;

  /**
   * @param names in lower case, {@code *.example.com} for all below
   * @param namespace of the pod that asks
   */
  NameTable(Map<String, List<InetAddress>> names, String namespace) {
    this.names = names;
    this.searchDomain = "." + namespace + ".svc" + CLUSTER_DOMAIN;
  }

  /** What is known of a name in lower case, or null. A name goes before all wildcards. */
  @Nullable Found find(String name) {
    List<InetAddress> own = exact(name);
    if (own != null) {
      return new Found(name, own);
    }
    String whole = withoutSearchDomain(name);
    List<InetAddress> meant = whole == null ? null : exact(whole);
    if (whole != null && meant == null) {
      meant = wildcard(whole);
    }
    if (whole != null && meant != null) {
      return new Found(whole, meant);
    }
    List<InetAddress> below = wildcard(name);
    return below == null ? null : new Found(name, below);
  }

  private @Nullable List<InetAddress> exact(String name) {
    List<InetAddress> found = names.get(name);
    found = found == null ? names.get(name + searchDomain) : found;
    found = found == null ? names.get(name + ".svc" + CLUSTER_DOMAIN) : found;
    return found == null ? names.get(name + CLUSTER_DOMAIN) : found;
  }

  /** Of the longest wildcard that covers it. */
  private @Nullable List<InetAddress> wildcard(String name) {
    List<InetAddress> found = null;
    for (int dot = name.indexOf('.'); dot >= 0 && found == null; dot = name.indexOf('.', dot + 1)) {
      found = names.get("*" + name.substring(dot));
    }
    return found;
  }

  private @Nullable String withoutSearchDomain(String name) {
    return name.endsWith(searchDomain)
        ? name.substring(0, name.length() - searchDomain.length())
        : null;
  }
}
