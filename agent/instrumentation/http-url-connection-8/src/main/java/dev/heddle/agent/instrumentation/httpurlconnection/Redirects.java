package dev.heddle.agent.instrumentation.httpurlconnection;

import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** Which redirects a connection follows: the rules of the JDK's own. */
final class Redirects {

  /** Hops at most, the JDK's number and property. */
  private static final int DEFAULT_LIMIT = 20;

  private Redirects() {}

  static int limit() {
    int limit = Integer.getInteger("http.maxRedirects", DEFAULT_LIMIT);
    return limit > 0 ? limit : DEFAULT_LIMIT;
  }

  /** Where a response leads, or null: it is the app's. */
  static @Nullable URL location(HttpURLConnection app, URL url, Received received)
      throws MalformedURLException {
    int status = received.status();
    boolean redirect =
        status >= 300
            && status <= 307
            && status != HttpURLConnection.HTTP_NOT_MODIFIED
            && status != HttpURLConnection.HTTP_USE_PROXY
            && status != 306;
    String location = redirect && app.getInstanceFollowRedirects() ? received.location() : null;
    if (location == null) {
      return null;
    }
    URL to;
    try {
      to = new URL(location);
    } catch (MalformedURLException relative) {
      return new URL(url, location);
    }
    return to.getProtocol().equalsIgnoreCase(url.getProtocol()) ? to : null;
  }
}
