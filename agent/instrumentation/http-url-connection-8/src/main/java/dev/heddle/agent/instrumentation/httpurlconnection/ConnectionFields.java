package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a connection keeps to itself, by name. */
final class ConnectionFields {

  private static final String TYPE = "sun.net.www.protocol.http.HttpURLConnection";

  private static final String FAILURE = "rememberedException";

  /** JDK 21 on; one field for both ways before. */
  private static final String OUT_FAILURE = "rememberedExceptionOut";

  private static final String[] RECEIVED = {
    "inputStream", "errorStream", "responseMessage", FAILURE, "http", "ps"
  };

  private static final String CHUNKS = "chunkLength";
  private static final String FIXED = "fixedContentLength";
  private static final String FIXED_LONG = "fixedContentLengthLong";

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
      return Members.field(connection.getClass(), name).get(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HttpURLConnection." + name + " cannot be read", e);
    }
  }

  void set(String name, @Nullable Object value) {
    try {
      Members.field(connection.getClass(), name).set(connection, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("HttpURLConnection." + name + " cannot be set", e);
    }
  }

  /** Why the body could not be written, kept where this JDK keeps it; null: nothing failed. */
  @Nullable Object bodyFailure() {
    return get(bodyFailureField());
  }

  void rememberBodyFailure(IOException failure) {
    set(bodyFailureField(), failure);
  }

  private String bodyFailureField() {
    return Members.findField(connection.getClass(), OUT_FAILURE).isPresent()
        ? OUT_FAILURE
        : FAILURE;
  }

  /** The headers that the app has set, those too that it could not read back. */
  @SuppressWarnings("unchecked") // what MessageHeader.getHeaders returns
  Map<String, List<String>> userHeaders() {
    Object headers = call(get("userHeaders"), "getHeaders");
    return headers == null ? Collections.emptyMap() : (Map<String, List<String>>) headers;
  }

  /** Whether the app has set a header, in any case. */
  boolean hasUserHeader(String name) {
    return call(get("userHeaders"), "findValue", name) != null;
  }

  /** Sets a header without asking whether an app may. */
  void addRequestHeader(String name, String value) {
    call(get("requests"), "add", name, value);
    call(get("userHeaders"), "add", name, value);
  }

  /** Forgets an attempt of its own: to the app it is not connected yet. */
  void reset() {
    for (String field : RECEIVED) {
      set(field, null);
    }
    set("responseCode", -1);
    set("connected", false);
    setResponseHeaders(Collections.emptyList());
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
      set("filteredHeaders", null); // a copy that is made when all headers are asked for
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

  /** How the body is streamed, for a connection of ours. */
  void copyStreaming(ConnectionFields to) {
    for (String field : new String[] {CHUNKS, FIXED, FIXED_LONG}) {
      to.set(field, get(field));
    }
  }

  boolean streaming() {
    return !Integer.valueOf(-1).equals(get(CHUNKS))
        || !Integer.valueOf(-1).equals(get(FIXED))
        || !Long.valueOf(-1).equals(get(FIXED_LONG));
  }

  private static @Nullable Object call(@Nullable Object on, String name, Object... arguments) {
    if (on == null) {
      throw new IllegalStateException("there is nothing to call " + name + " on");
    }
    try {
      return Members.method(on.getClass(), name, arguments.length).invoke(on, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(TYPE + ": " + name + " cannot be called", e);
    }
  }
}
