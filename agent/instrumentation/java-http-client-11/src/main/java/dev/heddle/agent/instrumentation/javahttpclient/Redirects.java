package dev.heddle.agent.instrumentation.javahttpclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether and how the app's client follows a redirect: the rules of the JDK's own filter. */
final class Redirects {

  /** The JDK's, as is the name of the property. */
  private static final int DEFAULT_LIMIT = 5;

  private static final int LIMIT =
      Integer.getInteger("jdk.httpclient.redirects.retrylimit", DEFAULT_LIMIT);

  /** Headers that newer JDKs leave out on the way to another origin; here all do. */
  private static final Set<String> OF_ONE_ORIGIN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    OF_ONE_ORIGIN.addAll(Set.of("authorization", "cookie", "origin", "referer", "host"));
  }

  private final HttpClient.Redirect policy;
  private int followed;

  Redirects(HttpClient client) {
    this.policy = client.followRedirects();
  }

  /** The next request, or null: the response is the app's. */
  @Nullable HttpRequest next(HttpRequest request, int status, HttpHeaders headers) {
    if (policy == HttpClient.Redirect.NEVER || !redirects(status)) {
      return null;
    }
    URI location =
        headers
            .firstValue("location")
            .map(value -> request.uri().resolve(value))
            .orElseThrow(() -> new UncheckedIOException(new IOException("Invalid redirection")));
    if (!allowed(request.uri(), location) || ++followed >= LIMIT) {
      return null;
    }
    String method = method(status, request.method());
    boolean withBody = status != 303 && method.equals(request.method());
    return new RedirectedRequest(request, location, method, headers(request, location), withBody);
  }

  private static boolean redirects(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private boolean allowed(URI from, URI to) {
    return to.getScheme() != null
        && (policy == HttpClient.Redirect.ALWAYS
            || to.getScheme().equalsIgnoreCase(from.getScheme())
            || to.getScheme().equalsIgnoreCase("https"));
  }

  private static String method(int status, String method) {
    boolean becomesGet =
        status == 303 || ((status == 301 || status == 302) && method.equals("POST"));
    return becomesGet ? "GET" : method;
  }

  /** What the app has set for one host is not told another. */
  private static HttpHeaders headers(HttpRequest request, URI location) {
    boolean sameOrigin =
        location.getScheme().equalsIgnoreCase(request.uri().getScheme())
            && String.valueOf(location.getRawAuthority()).equals(request.uri().getRawAuthority());
    return HttpHeaders.of(
        request.headers().map(), (name, value) -> sameOrigin || !OF_ONE_ORIGIN.contains(name));
  }
}
