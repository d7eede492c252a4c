package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.PerEndpoint;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.policy.balance.Endpoint;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** What this adapter keeps from call to call. */
final class ConnectionKeeps {

  private final Map<Origination, Map<String, EndpointTls>> byRule =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final PerEndpoint<URL> endpoints = new PerEndpoint<>();

  /** The JDK keeps idle connections by their factory, so there is one of it for each way. */
  EndpointTls tls(Origination tls, String serverName, String address, int port) {
    return byRule
        .computeIfAbsent(tls, t -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            serverName + '/' + address + ':' + port,
            way -> new EndpointTls(tls.context().getSocketFactory(), serverName, address, port));
  }

  /** An endpoint without TLS; its path is that of the first call, a guess at what others ask. */
  URL url(Endpoint endpoint, String path) throws MalformedURLException {
    URL known = endpoints.get(endpoint);
    return known == null
        ? endpoints.keep(endpoint, new URL("http", endpoint.address(), endpoint.port(), path))
        : known;
  }
}
