package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.util.regex.Pattern;

/**
 * Who calls.
 *
 * @param node whose daemon it is; empty: it is no node's
 * @param pod name of the Pod object that it is, in the namespace of its identity; empty: none is
 *     proven
 */
public record Caller(SpiffeId identity, String node, String pod) {

  private static final String NAMESPACE = "heddle-system";
  private static final String SERVICE_ACCOUNT = "heddle-node";

  /** As Kubernetes names nodes: a DNS subdomain (RFC 1123). */
  private static final Pattern NODE =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** A workload as it calls for itself. */
  public static Caller workload(SpiffeId identity) {
    return new Caller(identity, "", "");
  }

  /** The daemon of a node; IllegalArgumentException if none is called so. */
  public static Caller node(String trustDomain, String name) {
    if (!NODE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "node \""
              + name
              + "\" (expected: a name of a-z, 0-9, - and ., of 253 characters at most)");
    }
    return new Caller(SpiffeId.of(trustDomain, NAMESPACE, SERVICE_ACCOUNT), name, "");
  }

  /**
   * Who it is by what was proven of it: a node is believed of the identity of node daemons alone.
   *
   * @param node what was said of its node, empty: nothing
   */
  public static Caller proven(SpiffeId identity, String node) {
    boolean isDaemon =
        identity.namespace().equals(NAMESPACE)
            && identity.serviceAccount().equals(SERVICE_ACCOUNT)
            && NODE.matcher(node).matches();
    return new Caller(identity, isDaemon ? node : "", "");
  }

  /** The same of whom it is proven as well which pod it is. */
  public Caller ofPod(String name) {
    return new Caller(identity, node, name);
  }

  /** Whether it is a node's daemon. */
  public boolean isNode() {
    return !node.isEmpty();
  }

  /** As people read it. */
  @Override
  public String toString() {
    return isNode() ? identity.uri() + " of node " + node : identity.uri();
  }
}
