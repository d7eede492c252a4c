package dev.heddle.samples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The shop's front: asks the catalog, with java.net.http. */
public final class Storefront {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Storefront() {}

  /** Starts it. */
  public static void main(String[] arguments) throws IOException {
    Shop.serve("storefront", Storefront::page);
  }

  private static String page(String user) throws InterruptedException {
    return Shop.hop("catalog", () -> items(user));
  }

  private static String items(String user) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://catalog:9080/items"));
    if (user != null) {
      request.header(Shop.USER, user);
    }
    HttpResponse<String> items = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return items.statusCode() == 200 ? items.body() : Integer.toString(items.statusCode());
  }
}
