package dev.heddle.benchmarks.fanout;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each client heard of an address. */
final class Arrivals {

  private static final long PATIENCE_SECONDS = 60;

  private final String address;
  private final AtomicLongArray nanos;
  private final CountDownLatch missing;

  Arrivals(String address, int clients) {
    this.address = address;
    this.nanos = new AtomicLongArray(clients);
    this.missing = new CountDownLatch(clients);
  }

  String address() {
    return address;
  }

  void heard(int client) {
    if (nanos.compareAndSet(client, 0, System.nanoTime())) {
      missing.countDown();
    }
  }

  /** Milliseconds from a time to each client's arrival, in rising order. */
  double[] awaitAll(long since) throws IOException, InterruptedException {
    if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(
          missing.getCount()
              + " of "
              + nanos.length()
              + " clients did not hear of "
              + address
              + " within "
              + PATIENCE_SECONDS
              + " s");
    }
    double[] millis = new double[nanos.length()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = (nanos.get(i) - since) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }
}
