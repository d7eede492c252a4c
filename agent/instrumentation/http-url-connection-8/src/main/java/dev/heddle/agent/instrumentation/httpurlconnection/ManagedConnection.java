package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Decides whether a connection of the app is managed, and runs its call. */
final class ManagedConnection {

  /** Connections on which the agent itself failed: they go their own way. */
  private static final Set<Object> LEFT_ALONE =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private ManagedConnection() {}

  static Object @Nullable [] respond(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    ConnectionFields fields = new ConnectionFields(app);
    CallPipeline pipeline = Adapters.pipeline();
    HostRouter host = host(app, fields);
    boolean answered =
        fields.get("inputStream") != null || fields.get("rememberedException") != null;
    if (pipeline == null || host == null || answered) {
      return null;
    }
    ConnectionRequest head = new ConnectionRequest(app, fields.userHeaders());
    ConnectionExchange exchange = new ConnectionExchange(app, fields, head, pipeline.tls());
    try {
      Received received = pipeline.blocking().run(pipeline.call(host, head, true), exchange);
      InputStream stream = received.become(fields);
      return new Object[] {stream, null};
    } catch (java.io.IOException e) {
      fields.set("rememberedException", e);
      return new Object[] {null, e};
    } catch (Exception e) { // the agent's own failure: the app goes on without it
      pipeline.metrics().agentFailed();
      LEFT_ALONE.add(app);
      return null;
    }
  }

  static @Nullable Object body(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    ConnectionFields fields = new ConnectionFields(app);
    boolean writable = app.getDoOutput() && fields.get("inputStream") == null;
    if (!writable || host(app, fields) == null) {
      return null;
    }
    if ("GET".equals(fields.get("method"))) {
      fields.set("method", "POST"); // as the connection itself does
    }
    return fields.poster();
  }

  static boolean connectsLater(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    return host(app, new ConnectionFields(app)) != null;
  }

  private static @Nullable HostRouter host(HttpURLConnection app, ConnectionFields fields) {
    CallPipeline pipeline = Adapters.pipeline();
    URL url = app.getURL();
    if (pipeline == null
        || Attempts.contains(app)
        || LEFT_ALONE.contains(app)
        || !url.getProtocol().equals("http")
        || viaProxy(fields)
        || fields.streaming()) {
      return null;
    }
    return pipeline.await(ConnectionRequest.host(url), ConnectionRequest.port(url));
  }

  private static boolean viaProxy(ConnectionFields fields) {
    Object proxy = fields.get("instProxy");
    return proxy instanceof Proxy && ((Proxy) proxy).type() != Proxy.Type.DIRECT;
  }
}
