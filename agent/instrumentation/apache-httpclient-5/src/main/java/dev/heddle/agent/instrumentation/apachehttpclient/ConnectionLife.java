package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.ConnectionUse;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.snapshot.Cluster;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * How long the connection of an attempt lives behind its response. A connection is known by its
 * {@link EndpointDetails}, which it makes once.
 */
final class ConnectionLife {

  private final ConnectionPool limits;
  private final HttpClientContext context;

  private ConnectionLife(ConnectionPool limits, HttpClientContext context) {
    this.limits = limits;
    this.context = context;
  }

  /**
   * That of attempts to a cluster in this context; null: the client's own affair, as are
   * connections that the app encrypts, on which nobody else can tell requests.
   */
  static @Nullable ConnectionLife of(RequestHead head, Cluster cluster, HttpClientContext context) {
    ConnectionPool limits = cluster.connectionPool();
    return !head.isEncrypted() && limits.limitsConnections()
        ? new ConnectionLife(limits, context)
        : null;
  }

  /** The runtime for the rest of the chain. */
  static ExecRuntime in(
      ExecRuntime runtime, RequestHead head, Cluster cluster, HttpClientContext context) {
    ConnectionLife life = of(head, cluster, context);
    return life == null ? runtime : new LimitedExecRuntime(runtime, life);
  }

  /** As for the classic client. */
  static AsyncExecRuntime in(
      AsyncExecRuntime runtime, RequestHead head, Cluster cluster, HttpClientContext context) {
    ConnectionLife life = of(head, cluster, context);
    return life == null ? runtime : new LimitedAsyncExecRuntime(runtime, life);
  }

  /** The response is here: how long the runtime shall keep its connection; null: not at all. */
  @Nullable TimeValue keep(Object runtime, TimeValue clients) {
    ConnectionUse use = answered();
    if (use == null) {
      return clients;
    }
    if (use.isSpent()) {
      return null;
    }
    TimeValue idle = idle(use, clients);
    if (use.limitsIdle()) {
      Pools.sweepThatOf(runtime, idle.toNanoseconds());
    }
    return idle;
  }

  /** The response is here: what its connection has carried with it; null: it cannot be told. */
  @Nullable ConnectionUse answered() {
    CallPipeline pipeline = Adapters.pipeline();
    EndpointDetails connection = context.getEndpointDetails();
    return pipeline == null || connection == null
        ? null
        : pipeline.connections().carries(connection, limits);
  }

  /** How long the client shall keep it. */
  static TimeValue idle(ConnectionUse use, TimeValue clients) {
    long own = TimeValue.isPositive(clients) ? clients.toNanoseconds() : 0;
    long shorter = use.idleNanos(own);
    return shorter == own ? clients : TimeValue.of(shorter, TimeUnit.NANOSECONDS);
  }
}
