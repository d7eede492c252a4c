package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app's cookies of the URL that it calls, whatever URL an attempt's connection has. */
final class HopCookies extends CookieHandler {

  private static final String FIELD = "cookieHandler";

  private final CookieHandler app;
  private final URI called;

  HopCookies(CookieHandler app, URI called) {
    this.app = app;
    this.called = called;
  }

  /** Makes a connection keep its cookies with this URL; answers what it had for a handler. */
  static @Nullable Object keepWith(URL called, ConnectionFields connection) {
    Object cookies = connection.get(FIELD);
    if (cookies instanceof CookieHandler) {
      try {
        connection.set(FIELD, new HopCookies((CookieHandler) cookies, called.toURI()));
      } catch (URISyntaxException e) {
        connection.set(FIELD, null); // the JDK finds no cookies for such a URL either
      }
    }
    return cookies;
  }

  /** Gives a connection back what {@link #keepWith} answered. */
  static void restore(@Nullable Object handler, ConnectionFields connection) {
    if (handler != null) {
      connection.set(FIELD, handler);
    }
  }

  @Override
  public Map<String, List<String>> get(URI attempt, Map<String, List<String>> headers)
      throws IOException {
    return app.get(called, headers);
  }

  @Override
  public void put(URI attempt, Map<String, List<String>> headers) throws IOException {
    app.put(called, headers);
  }
}
