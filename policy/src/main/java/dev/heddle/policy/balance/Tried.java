package dev.heddle.policy.balance;

import java.util.Collections;
import java.util.List;

/**
 * Hosts that a call has tried, and how far a retry keeps away from them, as long as there are
 * others.
 */
public final class Tried {

  /** Nothing was tried. */
  public static final Tried NONE = new Tried(Collections.emptyList(), false, false);

  private final List<Host> hosts;
  private final boolean avoidsHosts;
  private final boolean avoidsLocalities;

  private Tried(List<Host> hosts, boolean avoidsHosts, boolean avoidsLocalities) {
    this.hosts = hosts;
    this.avoidsHosts = avoidsHosts;
    this.avoidsLocalities = avoidsLocalities;
  }

  /**
   * These hosts were tried.
   *
   * @param avoidsHosts Istio {@code HTTPRetry.retry_ignore_previous_hosts}
   * @param avoidsLocalities whether other localities are looked for, too
   */
  public static Tried of(List<Host> hosts, boolean avoidsHosts, boolean avoidsLocalities) {
    return avoidsHosts || avoidsLocalities ? new Tried(hosts, avoidsHosts, avoidsLocalities) : NONE;
  }

  /** Whether any host will do. */
  public boolean avoidsNothing() {
    return hosts.isEmpty();
  }

  /** Whether another host is to be looked for. */
  public boolean avoids(Host host) {
    return isSpent(host) || (avoidsLocalities && isOfTriedLocality(host));
  }

  /** Whether this very host is to be left out, wherever others are. */
  public boolean isSpent(Host host) {
    return avoidsHosts && hosts.contains(host);
  }

  private boolean isOfTriedLocality(Host host) {
    String locality = host.endpoint().locality();
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).endpoint().locality().equals(locality)) {
        return true;
      }
    }
    return false;
  }
}
