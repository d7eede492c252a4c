package dev.heddle.samples;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * The shop's catalog: asks for reviews, and for recommendations where it is told of them, with
 * Apache HttpClient 5.
 */
public final class Catalog {

  /** Where recommendations are, if there are any. */
  private static final String RECOMMENDATIONS = System.getenv("RECOMMENDATIONS_URL");

  private static final int CONNECTIONS = 32;
  private static final CloseableHttpClient CLIENT =
      HttpClients.custom()
          .disableAutomaticRetries()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnPerRoute(CONNECTIONS)
                  .setMaxConnTotal(CONNECTIONS)
                  .build())
          .build();

  private Catalog() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException {
    Shop.serve("catalog", Catalog::items);
  }

  private static String items(String user) throws InterruptedException {
    String items =
        Shop.version()
            + " "
            + Shop.hop("reviews", () -> get("http://reviews:9080/reviews/1", user));
    return RECOMMENDATIONS == null
        ? items
        : items + " " + Shop.hop("recommendations", () -> get(RECOMMENDATIONS, user));
  }

  private static String get(String url, String user) throws IOException {
    HttpGet request = new HttpGet(url);
    if (user != null) {
      request.setHeader(Shop.USER, user);
    }
    return CLIENT.execute(
        request,
        response ->
            response.getCode() == 200
                ? EntityUtils.toString(response.getEntity())
                : Integer.toString(response.getCode()));
  }
}
