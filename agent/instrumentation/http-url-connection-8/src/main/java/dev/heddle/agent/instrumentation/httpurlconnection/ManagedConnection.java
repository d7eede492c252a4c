package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.snapshot.HostRouter;
import java.io.IOException;
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

  /** Nearly always false, so that calls need not ask a table that all threads share. */
  private static volatile boolean someLeftAlone;

  private ManagedConnection() {}

  /** {stream, exception} of the managed call, or null: the connection goes its own way. */
  static Object @Nullable [] respond(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null || Attempts.contains(app)) {
      return null;
    }
    ConnectionFields fields = new ConnectionFields(app);
    try {
      if (app.getDoOutput() && fields.get("ps") instanceof StreamedBody) {
        return answered(fields) ? null : new StreamedConnection(app, fields).respond();
      }
      HostRouter host = host(app, fields);
      if (host == null || answered(fields)) {
        return null;
      }
      return fields.streaming()
          ? new StreamedConnection(app, fields).respondUnwritten(pipeline, host)
          : new Object[] {new BufferedConnection(pipeline, app, fields).respond(host), null};
    } catch (IOException e) {
      fields.set("rememberedException", e);
      return new Object[] {null, e};
    } catch (Exception e) { // the agent's own failure: the app goes on without it
      Adapters.failed(e);
      leaveAlone(app);
      return null;
    }
  }

  private static boolean answered(ConnectionFields fields) {
    return fields.get("inputStream") != null || fields.get("rememberedException") != null;
  }

  /** {stream, exception} for the app's body, or null: the connection goes its own way. */
  static Object @Nullable [] body(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    ConnectionFields fields = new ConnectionFields(app);
    CallPipeline pipeline = Adapters.pipeline();
    boolean writable = app.getDoOutput() && fields.get("inputStream") == null;
    HostRouter host = writable && pipeline != null ? host(app, fields) : null;
    if (host == null || pipeline == null || fields.bodyFailure() != null) {
      return null;
    }
    if ("GET".equals(fields.get("method"))) {
      fields.set("method", "POST"); // as the connection itself does
    }
    if (!fields.streaming()) {
      return new Object[] {fields.poster(), null};
    }
    try {
      return new Object[] {new StreamedConnection(app, fields).open(pipeline, host), null};
    } catch (IOException e) {
      fields.rememberBodyFailure(e);
      return new Object[] {null, e};
    } catch (Exception e) { // the agent's own failure: the app goes on without it
      Adapters.failed(e);
      leaveAlone(app);
      return null;
    }
  }

  private static void leaveAlone(HttpURLConnection app) {
    LEFT_ALONE.add(app);
    someLeftAlone = true;
  }

  static boolean connectsLater(Object connection) {
    HttpURLConnection app = (HttpURLConnection) connection;
    return host(app, new ConnectionFields(app)) != null;
  }

  /** The app lets go of its connection while it writes. */
  static void disconnect(Object connection) {
    Object body = new ConnectionFields((HttpURLConnection) connection).get("ps");
    if (body instanceof StreamedBody) {
      ((StreamedBody) body).call().cancel();
    }
  }

  private static @Nullable HostRouter host(HttpURLConnection app, ConnectionFields fields) {
    CallPipeline pipeline = Adapters.pipeline();
    URL url = app.getURL();
    if (pipeline == null
        || Attempts.contains(app)
        || (someLeftAlone && LEFT_ALONE.contains(app))
        || !url.getProtocol().equals("http")
        || viaProxy(fields)) {
      return null;
    }
    return pipeline.await(Hop.host(url), Hop.port(url));
  }

  private static boolean viaProxy(ConnectionFields fields) {
    Object proxy = fields.get("instProxy");
    return proxy instanceof Proxy && ((Proxy) proxy).type() != Proxy.Type.DIRECT;
  }
}
