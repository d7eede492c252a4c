package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Hands the endpoint of an attempt past the minimal client, which asks for a connection on the
 * thread that gives it the request.
 */
final class MinimalTargets {

  private static final ThreadLocal<@Nullable MinimalTargets> CURRENT = new ThreadLocal<>();

  private final HttpHost host;
  private final @Nullable MinimalLease lease;

  /** What gives the client a request. */
  interface Sending {
    void run() throws HttpException, IOException;
  }

  private MinimalTargets(HttpHost host, @Nullable MinimalLease lease) {
    this.host = host;
    this.lease = lease;
  }

  /** lease: who is told the connection; null: nobody. */
  static void with(HttpHost target, @Nullable MinimalLease lease, Sending sending)
      throws HttpException, IOException {
    CURRENT.set(new MinimalTargets(target, lease));
    try {
      sending.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** {host, callback} to ask for a connection with; null: as the client does. */
  @SuppressWarnings("unchecked") // the type of leaseEndpoint, which erasure hides
  static Object @Nullable [] of(Object callback) {
    MinimalTargets current = CURRENT.get();
    if (current == null) {
      return null;
    }
    MinimalLease lease = current.lease;
    return new Object[] {
      current.host,
      lease == null ? callback : lease.told((FutureCallback<AsyncConnectionEndpoint>) callback)
    };
  }
}
