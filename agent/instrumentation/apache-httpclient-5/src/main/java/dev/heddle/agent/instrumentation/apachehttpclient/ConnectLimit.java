package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.snapshot.Cluster;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may take to connect: Istio {@code TCPSettings.connect_timeout}. It travels to
 * where the client connects, for only there the app's own limit is known: with the thread of the
 * classic client, in the context of the async ones.
 */
final class ConnectLimit {

  private static final String ATTRIBUTE = "heddle.connect-limit";

  private static final ThreadLocal<@Nullable ConnectLimit> OF_THREAD = new ThreadLocal<>();

  private final long nanos;
  private volatile boolean shorter;

  private ConnectLimit(long nanos) {
    this.nanos = nanos;
  }

  /** The limit of an attempt to a cluster. */
  static ConnectLimit of(Cluster cluster) {
    return new ConnectLimit(cluster.connectionPool().connectTimeoutNanos());
  }

  /** The limit of attempts to a cluster, in their context. */
  static ConnectLimit in(HttpContext context, Cluster cluster) {
    ConnectLimit limit = of(cluster);
    context.setAttribute(ATTRIBUTE, limit);
    return limit;
  }

  /** Of what this thread connects to until {@link #leave}, which takes what this answers. */
  static @Nullable ConnectLimit enter(ConnectLimit limit) {
    ConnectLimit outer = OF_THREAD.get();
    OF_THREAD.set(limit);
    return outer;
  }

  /** Not removed where there is none outside: the next call of the thread needs the place. */
  static void leave(@Nullable ConnectLimit outer) {
    OF_THREAD.set(outer);
  }

  /** Whether a failure is this limit's doing, not that of the app's own. */
  static boolean ended(@Nullable ConnectLimit limit, Throwable failure) {
    return limit != null && limit.shorter && failure instanceof ConnectTimeoutException;
  }

  /** Arguments of a client's connect with the shorter of both limits; null: as they are. */
  static Object @Nullable [] shorten(Object[] arguments) {
    ConnectLimit limit = OF_THREAD.get();
    int timeout = -1;
    for (int i = 0; i < arguments.length; i++) {
      if (limit == null && arguments[i] instanceof HttpContext) {
        limit = (ConnectLimit) ((HttpContext) arguments[i]).getAttribute(ATTRIBUTE);
      } else if (arguments[i] instanceof TimeValue) {
        timeout = i;
      }
    }
    if (limit == null || timeout < 0 || !limit.isShorter((TimeValue) arguments[timeout])) {
      return null;
    }
    limit.shorter = true;
    Object[] shortened = arguments.clone();
    shortened[timeout] = Timeout.of(limit.nanos, TimeUnit.NANOSECONDS);
    return shortened;
  }

  private boolean isShorter(TimeValue app) {
    return nanos > 0 && (app.getDuration() <= 0 || app.toNanoseconds() > nanos);
  }
}
