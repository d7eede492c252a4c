package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.lang.reflect.Method;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides whether a connection for the app's own https is managed, and makes it. */
final class HttpsConnections {

  private static final String HTTPS_CLIENT = "sun.net.www.protocol.https.HttpsClient";

  /** Set while an endpoint is being connected to: the hook lets that pass. */
  private static final ThreadLocal<@Nullable Boolean> CONNECTING = new ThreadLocal<>();

  private HttpsConnections() {}

  static Object @Nullable [] connect(Object client, String server, int port) throws Exception {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null
        || CONNECTING.get() != null
        || !client.getClass().getName().equals(HTTPS_CLIENT)
        || field(client, "sslSocketFactory") instanceof EndpointTls
        || !server.equals(field(client, "host"))) { // a proxy's name
      return null;
    }
    String host = server.toLowerCase(Locale.ROOT);
    HostRouter router = pipeline.await(host, port);
    if (router == null || !router.forwardsUnread()) {
      return null;
    }
    HttpsConnect connect = new HttpsConnect(host, port, (to, toPort) -> open(client, to, toPort));
    try {
      return new Object[] {
        pipeline.blocking().run(pipeline.call(router, connect.request(), true), connect), null
      };
    } catch (Exception e) { // what the last endpoint answered is the app's
      return new Object[] {null, e};
    }
  }

  /** The client's own way to connect. */
  private static Object open(Object client, String server, int port)
      throws ReflectiveOperationException {
    Method connect = Members.method(client.getClass(), "doConnect", 2);
    CONNECTING.set(true);
    try {
      return connect.invoke(client, server, port);
    } finally {
      CONNECTING.remove();
    }
  }

  private static @Nullable Object field(Object client, String name)
      throws ReflectiveOperationException {
    return Members.field(client.getClass(), name).get(client);
  }
}
