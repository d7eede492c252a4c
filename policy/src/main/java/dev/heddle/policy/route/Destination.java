package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/** The cluster that a route leads to: a host, its port and, where one is named, a subset. */
@AutoValue
public abstract class Destination {

  /** The value of its parts. */
  public static Destination of(String host, int port, String subset) {
    return new AutoValue_Destination(host, port, subset);
  }

  /** Fully qualified host. */
  public abstract String host();

  /** Service port, 1 to 65535. */
  public abstract int port();

  /** Subset of the DestinationRule, empty for all instances. */
  public abstract String subset();
}
