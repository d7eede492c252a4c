package dev.heddle.policy.snapshot;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.TcpRoute;
import java.util.Collections;
import java.util.List;

/**
 * The resource {@code heddle.v1.Routes/<host>:<port>}: all that decides on calls to one host as the
 * app names it.
 */
@AutoValue
public abstract class HostRoutes {

  /** The value of its parts. */
  public static HostRoutes of(
      String host,
      int port,
      boolean opaque,
      List<HttpRoute> routes,
      List<TcpRoute> tcpRoutes,
      List<Cluster> clusters) {
    return new AutoValue_HostRoutes(host, port, opaque, routes, tcpRoutes, clusters);
  }

  /** Of a host whose connections may carry HTTP. */
  public static HostRoutes of(
      String host,
      int port,
      List<HttpRoute> routes,
      List<TcpRoute> tcpRoutes,
      List<Cluster> clusters) {
    return of(host, port, false, routes, tcpRoutes, clusters);
  }

  /** Of a host whose connections nothing decides on as such. */
  public static HostRoutes of(
      String host, int port, List<HttpRoute> routes, List<Cluster> clusters) {
    return of(host, port, routes, Collections.emptyList(), clusters);
  }

  /** As the app names it. */
  public abstract String host();

  /** As the app names it. */
  public abstract int port();

  /**
   * Whether the service says of this port that it carries something else than HTTP (Istio's
   * protocol selection): a data plane that sees connections does not look into them.
   */
  public abstract boolean opaque();

  /**
   * First match wins; never empty for a known host: where no rule stands, one route to the host
   * itself.
   */
  public abstract List<HttpRoute> routes();

  /**
   * First match wins, of connections that carry no HTTP which a data plane can read; of these none
   * asks an agent, which sees calls alone.
   */
  public abstract List<TcpRoute> tcpRoutes();

  /** Every destination that the routes name. */
  public abstract List<Cluster> clusters();
}
