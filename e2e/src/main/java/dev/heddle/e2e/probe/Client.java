package dev.heddle.e2e.probe;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One of the HTTP clients that applications use. */
public interface Client {

  /** Makes the call; throws what the library throws. */
  Answer call(Ask ask) throws Exception;

  /**
   * The client of this name.
   *
   * @param browsing it follows redirects and keeps cookies
   */
  static Client of(String name, boolean browsing, @Nullable InetSocketAddress proxy) {
    return switch (name) {
      case "java.net.http" -> new JavaHttpClient(false, browsing, proxy);
      case "java.net.http async" -> new JavaHttpClient(true, browsing, proxy);
      case "HttpURLConnection" -> new UrlConnectionClient(browsing, proxy);
      case "HttpClient 5" -> new ApacheClient(browsing, proxy);
      case "HttpClient 5 async" -> ApacheAsyncClient.whole(browsing, proxy);
      case "HttpClient 5 async minimal" -> ApacheAsyncClient.minimal();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
