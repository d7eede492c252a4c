package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.lang.reflect.Field;

/** The headers of an exchange as the server keeps them: {@code HttpExchangeImpl.impl.reqHdrs}. */
final class ExchangeHeaders {

  private ExchangeHeaders() {}

  /**
   * The app sees these from now on. IllegalStateException where the server keeps them otherwise:
   * what the app is not to see it would see.
   */
  static void replace(HttpExchange exchange, Headers headers) {
    try {
      Field impl = exchange.getClass().getDeclaredField("impl");
      impl.setAccessible(true);
      Object of = impl.get(exchange);
      Field kept = impl.getType().getDeclaredField("reqHdrs");
      kept.setAccessible(true);
      kept.set(of, headers);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "headers of " + exchange.getClass().getName() + " cannot be changed", e);
    }
  }
}
