package dev.heddle.agent.instrumentation.httpurlconnection;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection keeps to itself, by name; found by probing, never by the version of the JDK.
 */
final class ConnectionFields {

  private static final String TYPE = "sun.net.www.protocol.http.HttpURLConnection";

  private final HttpURLConnection connection;

  ConnectionFields(HttpURLConnection connection) {
    this.connection = connection;
  }

  /** The connection that an https connection hands its calls on to. */
  static Object delegate(HttpURLConnection shell) {
    Object delegate = new ConnectionFields(shell).get("delegate");
    if (delegate == null) {
      throw new IllegalStateException(shell.getClass() + " has no delegate");
    }
    return delegate;
  }

  @Nullable Object get(String name) {
    try {
      return field(name).get(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HttpURLConnection." + name + " cannot be read", e);
    }
  }

  void set(String name, @Nullable Object value) {
    try {
      field(name).set(connection, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HttpURLConnection." + name + " cannot be set", e);
    }
  }

  private Field field(String name) throws NoSuchFieldException {
    for (Class<?> type = connection.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  /** The headers that the app has set, those too that it could not read back. */
  @SuppressWarnings("unchecked") // what MessageHeader.getHeaders returns
  Map<String, List<String>> userHeaders() {
    Object headers = call(get("userHeaders"), "getHeaders");
    return headers == null ? Collections.emptyMap() : (Map<String, List<String>>) headers;
  }

  /** Sets a header without asking whether an app may. */
  void addRequestHeader(String name, String value) {
    call(get("requests"), "add", name, value);
    call(get("userHeaders"), "add", name, value);
  }

  /** A status line and headers, as if received. */
  void setResponseHeaders(List<String[]> headers) {
    try {
      Class<?> type = Class.forName("sun.net.www.MessageHeader");
      Object message = type.getConstructor().newInstance();
      for (String[] header : headers) {
        call(message, "add", header[0], header[1]);
      }
      set("responses", message);
      set("cachedHeaders", null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("MessageHeader cannot be made", e);
    }
  }

  /** The stream that keeps a body in memory. */
  Object poster() {
    Object poster = get("poster");
    if (poster == null) {
      try {
        Class<?> type = Class.forName("sun.net.www.http.PosterOutputStream");
        poster = type.getConstructor().newInstance();
        set("poster", poster);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("PosterOutputStream cannot be made", e);
      }
    }
    return poster;
  }

  boolean streaming() {
    return !Integer.valueOf(-1).equals(get("chunkLength"))
        || !Integer.valueOf(-1).equals(get("fixedContentLength"))
        || !Long.valueOf(-1).equals(get("fixedContentLengthLong"));
  }

  private static @Nullable Object call(@Nullable Object on, String name, Object... arguments) {
    if (on == null) {
      throw new IllegalStateException("there is nothing to call " + name + " on");
    }
    for (Method method : on.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        try {
          method.setAccessible(true);
          return method.invoke(on, arguments);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(TYPE + ": " + name + " cannot be called", e);
        }
      }
    }
    throw new IllegalStateException(on.getClass() + " has no method " + name);
  }
}
