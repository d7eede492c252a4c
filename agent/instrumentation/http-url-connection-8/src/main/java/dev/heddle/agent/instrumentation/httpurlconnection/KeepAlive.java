package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.ConnectionUse;
import dev.heddle.policy.limit.ConnectionPool;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;

/** How long the JDK keeps the connection of an attempt. */
final class KeepAlive {

  /** Of the client that the JDK keeps: set where authentication forbids to keep it. */
  private static final String DISABLED = "disableKeepAlive";

  /** Read by newer JDKs; seconds. */
  private static final String DEFAULT_PROPERTY = "http.keepAlive.time.server";

  private static final int DEFAULT_SECONDS = 5;

  private KeepAlive() {}

  /** The attempt's connection is made, or taken from those kept, and nothing sent yet. */
  static void limit(HttpURLConnection attempt, ConnectionPool limits) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null || !pipeline.connections().concern(limits)) {
      return;
    }
    Object client = new ConnectionFields(attempt).get("http");
    ConnectionUse use = client == null ? null : pipeline.connections().carries(client, limits);
    if (use != null && client != null && use.isSpent()) {
      disable(client);
    }
  }

  private static void disable(Object client) {
    try {
      Members.field(client.getClass(), DISABLED).setBoolean(client, true);
    } catch (ReflectiveOperationException e) {
      Adapters.failed(e); // another JVM: the connection lives on
    }
  }

  /** What the JDK is told of how long it may keep a client: as in its field keepAliveTimeout. */
  static int seconds(Object client, int own) {
    CallPipeline pipeline = Adapters.pipeline();
    ConnectionUse use = pipeline == null ? null : pipeline.connections().of(client);
    return use == null ? own : seconds(use, own);
  }

  /** own: seconds that the server asked for; 0 or -1 for none; below that: not at all. */
  private static int seconds(ConnectionUse use, int own) {
    if (own < -1) {
      return own;
    }
    int known = own > 0 ? own : Integer.getInteger(DEFAULT_PROPERTY, DEFAULT_SECONDS);
    long shorter = use.idleNanos(TimeUnit.SECONDS.toNanos(known));
    return shorter == TimeUnit.SECONDS.toNanos(known) ? own : wholeSeconds(shorter);
  }

  private static int wholeSeconds(long nanos) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos));
  }
}
