package dev.heddle.policy.snapshot;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.route.HttpRoute;
import java.util.List;

/**
 * The resource {@code heddle.v1.Routes/<host>:<port>}: all that decides on calls to one host as the
 * app names it.
 */
@AutoValue
public abstract class HostRoutes {

  /** The value of its parts. */
  public static HostRoutes of(
      String host, int port, List<HttpRoute> routes, List<Cluster> clusters) {
    return new AutoValue_HostRoutes(host, port, routes, clusters);
  }

  /** As the app names it. */
  public abstract String host();

  /** As the app names it. */
  public abstract int port();

  /**
   * First match wins; never empty for a known host: where no rule stands, one route to the host
   * itself.
   */
  public abstract List<HttpRoute> routes();

  /** Every destination that the routes name. */
  public abstract List<Cluster> clusters();
}
