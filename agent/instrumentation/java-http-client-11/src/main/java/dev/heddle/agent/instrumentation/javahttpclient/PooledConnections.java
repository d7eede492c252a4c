package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.ConnectionUse;
import dev.heddle.agent.core.call.LimitedConnections;
import dev.heddle.policy.limit.ConnectionPool;
import java.net.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the client keeps the connections of attempts. */
final class PooledConnections {

  private PooledConnections() {}

  /** A response is whole, and its connection not given back yet. */
  static void answered(Object copy, Object connection) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline == null) {
      return;
    }
    LimitedConnections connections = pipeline.connections();
    EndpointProxy attempt = EndpointProxy.of(copy);
    ConnectionPool limits = attempt == null ? null : attempt.limits();
    if (limits == null) {
      connections.forget(connection);
    } else {
      ConnectionUse unused = connections.carries(connection, limits);
    }
  }

  /** What the client reads of the response, if it keeps the connection; null: it closes it. */
  static @Nullable HttpHeaders kept(Object connection, @Nullable HttpHeaders headers) {
    ConnectionUse use = use(connection);
    return use != null && use.isSpent() ? null : headers;
  }

  /** Seconds, of which the client counts whole ones only. */
  static long seconds(Object connection, long clients) {
    ConnectionUse use = use(connection);
    if (use == null) {
      return clients;
    }
    long own = TimeUnit.SECONDS.toNanos(clients);
    long shorter = use.idleNanos(own);
    return shorter == own ? clients : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(shorter));
  }

  private static @Nullable ConnectionUse use(Object connection) {
    CallPipeline pipeline = Adapters.pipeline();
    return pipeline == null ? null : pipeline.connections().of(connection);
  }
}
