package dev.heddle.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gentle, steady load on the storefront; every tenth customer is the tester. */
final class Load {

  /** Calls under way at most: a shop that hangs is not piled upon. */
  private static final int MAX_UNDER_WAY = 64;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SHOP_UP = Duration.ofSeconds(30);
  private static final int TESTER_EVERY = 10;

  private final HttpClient client;
  private final URI shop;
  private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);
  private final Routes routes;
  private Tally tally;
  private long count;

  /** Of a shop at this address and port, with these routes. */
  Load(String address, int port, Routes routes) {
    client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    shop = URI.create("http://" + address + ":" + port + "/");
    this.routes = routes;
    tally = new Tally(routes);
  }

  /** Calls so many times a second until the executor is shut down. */
  void start(ScheduledExecutorService timer, int perSecond) {
    Future<?> unused =
        timer.scheduleAtFixedRate(
            this::callOnce, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
  }

  private void callOnce() {
    if (!underWay.tryAcquire()) {
      return;
    }
    HttpRequest request = request(count++ % TESTER_EVERY == 0 ? "tester" : null);
    long start = System.nanoTime();
    Future<?> unused =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (response, failure) -> {
                  underWay.release();
                  add(failure == null ? reply(response, start) : lost(start));
                });
  }

  /** Calls until the whole shop answers: agents connect and rules come while programs start. */
  void awaitShop() throws IOException, InterruptedException {
    long start = System.nanoTime();
    String last = "";
    while (System.nanoTime() - start < SHOP_UP.toNanos()) {
      try {
        Reply reply = call(null);
        if (reply.answered(routes.withPod() ? Routes.PICKS : "reviews")) {
          return;
        }
        last = reply.toString();
      } catch (HttpTimeoutException e) {
        last = String.valueOf(e.getMessage()); // a machine that is busy with the start
      }
      TimeUnit.MILLISECONDS.sleep(20); // between two looks
    }
    throw new IOException("the shop does not answer: " + last);
  }

  /** Nothing, of the routes that there are. */
  Tally nothing() {
    return new Tally(routes);
  }

  /** One call as this customer (null: nobody in particular), now. */
  Reply call(@Nullable String user) throws IOException, InterruptedException {
    long start = System.nanoTime();
    return reply(client.send(request(user), HttpResponse.BodyHandlers.ofString()), start);
  }

  private HttpRequest request(@Nullable String user) {
    HttpRequest.Builder request = HttpRequest.newBuilder(shop).timeout(PATIENCE);
    if (user != null) {
      request.header("end-user", user);
    }
    return request.build();
  }

  private static Reply reply(HttpResponse<String> response, long start) {
    return Reply.of(response.statusCode(), response.body(), millisSince(start));
  }

  private static Reply lost(long start) {
    return Reply.of(0, "", millisSince(start));
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private synchronized void add(Reply reply) {
    tally.add(reply);
  }

  /** What came since the last time this was asked. */
  synchronized Tally take() {
    Tally taken = tally;
    tally = new Tally(routes);
    return taken;
  }
}
