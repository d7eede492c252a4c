package dev.heddle.agent.instrumentation.httpurlconnection;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** The connections that are ours, and where each goes. */
final class Attempts {

  /** URL an attempt is for, and URL its socket goes to. */
  private static final class Way {
    final URL from;
    final URL to;

    Way(URL from, URL to) {
      this.from = from;
      this.to = to;
    }
  }

  private static final Map<Object, Way> WAYS = Collections.synchronizedMap(new WeakHashMap<>());

  private Attempts() {}

  static void add(Object connection, URL from, URL to) {
    WAYS.put(connection, new Way(from, to));
  }

  static boolean contains(Object connection) {
    return WAYS.containsKey(connection);
  }

  /** Whether the connection followed a redirect to another URL. */
  static boolean redirected(URLConnection connection) {
    Way way = WAYS.get(connection);
    return way != null && !way.from.toString().equals(connection.getURL().toString());
  }

  /** A redirect that the connection follows elsewhere goes where it says. */
  static URL target(Object connection, URL url) throws MalformedURLException {
    Way way = WAYS.get(connection);
    if (way == null) {
      return url;
    }
    boolean same = way.from.getHost().equals(url.getHost()) && way.from.getPort() == url.getPort();
    return same ? new URL("http", way.to.getHost(), way.to.getPort(), url.getFile()) : url;
  }
}
