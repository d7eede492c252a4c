package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;

/**
 * How a caller is known as a pod of a cluster.
 *
 * @param tokens believes what the cluster gives its pods
 * @param addresses knows where pods are
 */
public record PodProofs(Authenticator tokens, Addresses addresses) {

  /** Where pods are. */
  @FunctionalInterface
  public interface Addresses {

    /** The name of the one pod at an address, if it runs as this identity; else empty. */
    String pod(String address, SpiffeId identity);
  }
}
