package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an exchange as the server keeps it: {@code HttpExchangeImpl.impl.connection}.
 */
final class ExchangeConnection {

  private static final String PLAIN_TYPE = "sun.net.httpserver.HttpExchangeImpl";
  private static final String TLS_TYPE = "sun.net.httpserver.HttpsExchangeImpl";
  private static final MethodHandle PLAIN = handle(PLAIN_TYPE);
  private static final MethodHandle TLS = handle(TLS_TYPE);

  private ExchangeConnection() {}

  /** One object as long as the connection lasts; null where the exchange is not the server's. */
  static @Nullable Object of(HttpExchange exchange) {
    String type = exchange.getClass().getName();
    try {
      if (type.equals(PLAIN_TYPE)) {
        return (Object) PLAIN.invokeExact((Object) exchange);
      }
      return type.equals(TLS_TYPE) ? (Object) TLS.invokeExact((Object) exchange) : null;
    } catch (Throwable e) { // getters throw nothing
      throw new IllegalStateException(e);
    }
  }

  /** Gives null always where a JDK keeps it otherwise. */
  private static MethodHandle handle(String type) {
    MethodType generic = MethodType.methodType(Object.class, Object.class);
    try {
      Field impl = field(Class.forName(type), "impl");
      Field connection = field(impl.getType(), "connection");
      return MethodHandles.filterReturnValue(getter(impl), getter(connection)).asType(generic);
    } catch (ReflectiveOperationException | RuntimeException e) {
      MethodHandle none = MethodHandles.constant(Object.class, null);
      return MethodHandles.dropArguments(none, 0, Object.class);
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static MethodHandle getter(Field field) throws IllegalAccessException {
    return MethodHandles.lookup().unreflectGetter(field);
  }
}
