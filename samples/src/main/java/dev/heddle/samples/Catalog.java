package dev.heddle.samples;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The shop's catalog: asks for reviews, with Apache HttpClient 5. */
public final class Catalog {

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
    return Shop.version() + " " + Shop.hop("reviews", () -> reviews(user));
  }

  private static String reviews(String user) throws IOException {
    HttpGet request = new HttpGet("http://reviews:9080/reviews/1");
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
