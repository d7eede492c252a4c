package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The app's connect timeout, over all attempts of its call: what one attempt has used up, the next
 * has no more.
 */
final class ConnectBudget {

  /** The agent's timer comes first, so that the attempt's end is told as its timeout. */
  private static final int LATER_MILLIS = 50;

  private final boolean bounded;
  private long leftNanos;
  private @Nullable Exception meshTimeout;

  /** 0: without end. */
  ConnectBudget(int millis) {
    this.bounded = millis > 0;
    this.leftNanos = TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Connects within the shortest of the app's, the cluster's and the attempt's time; 0: none. */
  void connect(HttpURLConnection connection, long clusterNanos, long attemptNanos)
      throws IOException {
    int app = bounded ? millis(Math.max(1, leftNanos)) : Integer.MAX_VALUE;
    int mesh = clusterNanos > 0 ? millis(clusterNanos) : Integer.MAX_VALUE;
    if (attemptNanos > 0) {
      mesh = (int) Math.min(mesh, (long) millis(attemptNanos) + LATER_MILLIS);
    }
    int limit = Math.min(app, mesh);
    connection.setConnectTimeout(limit == Integer.MAX_VALUE ? 0 : limit);
    long start = System.nanoTime();
    try {
      connection.connect();
      if (!bounded && limit != Integer.MAX_VALUE && connection.getReadTimeout() == 0) {
        BlockingMode.restore(connection);
      }
    } catch (SocketTimeoutException e) {
      if (mesh < app) {
        meshTimeout = e;
      }
      throw e;
    } finally {
      leftNanos -= System.nanoTime() - start;
    }
  }

  /** Whether a failure is the cluster's or the attempt's time, not the app's. */
  boolean isMeshTimeout(Exception failure) {
    return failure.equals(meshTimeout);
  }

  /** Rounded up, at least 1. */
  private static int millis(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    return (int) Math.min(Integer.MAX_VALUE - LATER_MILLIS - 1, Math.max(1, millis));
  }
}
