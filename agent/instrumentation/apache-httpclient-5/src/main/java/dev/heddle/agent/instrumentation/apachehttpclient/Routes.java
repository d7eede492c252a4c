package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.PerEndpoint;
import dev.heddle.policy.balance.Endpoint;
import java.net.InetAddress;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.jspecify.annotations.Nullable;

/** The library's routes to endpoints without TLS, as the last call to each needed it. */
final class Routes {

  private final PerEndpoint<HttpRoute> routes = new PerEndpoint<>();

  /** Where the last call had this host name and local address, or null. */
  @Nullable HttpRoute find(Endpoint endpoint, String host, @Nullable InetAddress local) {
    HttpRoute route = routes.get(endpoint);
    return route != null
            && route.getTargetHost().getHostName().equals(host)
            && Objects.equals(route.getLocalAddress(), local)
        ? route
        : null;
  }

  HttpRoute keep(Endpoint endpoint, HttpRoute route) {
    return routes.keep(endpoint, route);
  }
}
