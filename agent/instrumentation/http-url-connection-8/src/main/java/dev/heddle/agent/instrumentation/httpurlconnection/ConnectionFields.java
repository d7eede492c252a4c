package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a connection keeps to itself, by name; found by probing, never by the version of the JDK.
 */
final class ConnectionFields {

  private static final String TYPE = "sun.net.www.protocol.http.HttpURLConnection";

  private static final String FAILURE = "rememberedException";

  /** JDK 21 on; one field for both ways before. */
  private static final String OUT_FAILURE = "rememberedExceptionOut";

  private static final String CHUNKS = "chunkLength";
  private static final String FIXED = "fixedContentLength";
  private static final String FIXED_LONG = "fixedContentLengthLong";

  /** Those asked for; the rest stay closed, some are of packages that are not open to us. */
  private static final ClassValue<Map<String, Optional<Field>>> FIELDS =
      new ClassValue<Map<String, Optional<Field>>>() {
        @Override
        protected Map<String, Optional<Field>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final ClassValue<Map<String, Method>> METHODS =
      new ClassValue<Map<String, Method>>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

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
    return find(name).orElseThrow(() -> new NoSuchFieldException(name));
  }

  private Optional<Field> find(String name) {
    Map<String, Optional<Field>> known = FIELDS.get(connection.getClass());
    Optional<Field> field = known.get(name);
    return field == null ? known.computeIfAbsent(name, n -> find(connection.getClass(), n)) : field;
  }

  private static Optional<Field> find(Class<?> from, String name) {
    for (Class<?> type = from; type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }

  /** Why the body could not be written, kept where this JDK keeps it; null: nothing failed. */
  @Nullable Object bodyFailure() {
    return get(bodyFailureField());
  }

  void rememberBodyFailure(IOException failure) {
    set(bodyFailureField(), failure);
  }

  private String bodyFailureField() {
    return find(OUT_FAILURE).isPresent() ? OUT_FAILURE : FAILURE;
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
      return method(on.getClass(), name, arguments.length).invoke(on, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(TYPE + ": " + name + " cannot be called", e);
    }
  }

  private static Method method(Class<?> type, String name, int parameters) {
    Map<String, Method> known = METHODS.get(type);
    Method method = known.get(name); // no two of those asked for share a name
    return method == null ? known.computeIfAbsent(name, n -> find(type, n, parameters)) : method;
  }

  private static Method find(Class<?> type, String name, int parameters) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == parameters) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new IllegalStateException(type + " has no method " + name);
  }
}
