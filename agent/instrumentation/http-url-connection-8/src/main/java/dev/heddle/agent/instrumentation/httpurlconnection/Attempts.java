package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Which connection on this thread is ours, and where it goes. An attempt asks for nothing outside
 * {@link #during}, so that a thread knows of one at a time and calls share no table.
 */
final class Attempts {

  private static final ThreadLocal<@Nullable Way> CURRENT = new ThreadLocal<>();

  /** What an attempt does with its connection. */
  interface Step<T> {
    T run() throws IOException;
  }

  /** A connection of ours, the URL it is for, and the URL its socket goes to. */
  static final class Way {
    private final HttpURLConnection connection;
    private final URL from;
    private final URL to;

    Way(HttpURLConnection connection, URL from, URL to) {
      this.connection = connection;
      this.from = from;
      this.to = to;
    }

    HttpURLConnection connection() {
      return connection;
    }

    /** Whether the connection followed a redirect to another URL. */
    @SuppressWarnings("ReferenceEquality") // nearly always the same object, and else compared
    boolean redirected() {
      return from != connection.getURL() && !from.toString().equals(connection.getURL().toString());
    }
  }

  private Attempts() {}

  static <T> T during(Way way, Step<T> step) throws IOException {
    Way outer = CURRENT.get();
    CURRENT.set(way);
    try {
      return step.run();
    } finally {
      CURRENT.set(outer); // not removed: the thread's next call needs the place again
    }
  }

  static boolean contains(Object connection) {
    return of(connection) != null;
  }

  @SuppressWarnings("ReferenceEquality") // this very connection
  private static @Nullable Way of(Object connection) {
    Way way = CURRENT.get();
    return way != null && way.connection == connection ? way : null;
  }

  /** A redirect that the connection follows elsewhere goes where it says. */
  static URL target(Object connection, URL url) throws MalformedURLException {
    Way way = of(connection);
    if (way == null) {
      return url;
    }
    boolean same = way.from.getHost().equals(url.getHost()) && way.from.getPort() == url.getPort();
    if (!same) {
      return url;
    }
    return way.to.getFile().equals(url.getFile())
        ? way.to
        : new URL("http", way.to.getHost(), way.to.getPort(), url.getFile());
  }
}
