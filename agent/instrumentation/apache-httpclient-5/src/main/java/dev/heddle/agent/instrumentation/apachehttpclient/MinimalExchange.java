package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.AsyncExchange;
import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.Mirrors;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One call of the minimal async client; what the app gets goes through its handler. */
final class MinimalExchange implements AsyncExchange<Boolean> {

  /** The agent's timer comes first, so that its timeout is not taken for the app's. */
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final MinimalAppCall app;
  private final RequestHead head;
  private final Targets targets;
  private final RequestConfig config;
  private final Executor callbacks;
  private volatile @Nullable ConnectLimit connectLimit;

  MinimalExchange(MinimalAppCall app, RequestHead head, CallPipeline pipeline) {
    this.app = app;
    this.head = head;
    this.targets = new Targets(pipeline, app.target(), head);
    this.config = app.config();
    this.callbacks = pipeline.callbacks();
  }

  @Override
  public CompletableFuture<Boolean> send(Attempt attempt, AttemptListener listener) {
    MinimalAttemptRequest request =
        new MinimalAttemptRequest(app.request(), within(attempt.timeoutNanos()));
    MinimalAttempt handler =
        new MinimalAttempt(app.handler(), request, app.details(), head, listener);
    listener.sent();
    begin(handler, request, attempt, attempt.authority(), attempt.cluster(), attempt.endpoint());
    return handler.end();
  }

  private RequestConfig within(long timeoutNanos) {
    long own = Failures.nanos(config.getResponseTimeout());
    return timeoutNanos == 0 || (own != 0 && own <= timeoutNanos)
        ? config
        : RequestConfig.copy(config)
            .setResponseTimeout(Timeout.of(timeoutNanos + LATER_NANOS, TimeUnit.NANOSECONDS))
            .build();
  }

  private void begin(
      MinimalAttempt handler,
      MinimalAttemptRequest request,
      Attempt attempt,
      @Nullable String authority,
      Cluster cluster,
      @Nullable Endpoint endpoint) {
    try {
      AttemptHead.fill(request, app.request(), attempt, authority);
      HttpHost target = targets.host(attempt, cluster, endpoint);
      HttpClientContext context = HttpClientContext.create();
      ConnectionLife life = ConnectionLife.of(head, cluster, context);
      MinimalLease connection = life == null ? null : new MinimalLease(life);
      handler.goesBy(connection);
      MinimalTargets.with(
          target == null ? app.target() : target,
          connection,
          () -> {
            connectLimit = ConnectLimit.in(context, cluster);
            Cancellable lease = app.execute(handler, context);
            CompletableFuture<Boolean> unused =
                handler
                    .end()
                    .whenComplete(
                        (value, failure) -> {
                          if (failure instanceof CancellationException) {
                            lease.cancel();
                          }
                        });
          });
    } catch (HttpException | IOException e) {
      handler.failed(e);
    }
  }

  @Override
  public Outcome outcome(Throwable failure) {
    return Failures.outcome(failure, connectLimit);
  }

  @Override
  public boolean isAppTimeout(Throwable failure) {
    return Failures.isAppTimeout(failure, connectLimit);
  }

  @Override
  public long responseTimeoutNanos() {
    // A body may be long on its way, and nothing tells of its end: the socket's timeout is enough.
    return app.details() == null ? Failures.nanos(config.getResponseTimeout()) : 0;
  }

  @Override
  public Throwable responseTimeout() {
    return new SocketTimeoutException(String.valueOf(config.getResponseTimeout()));
  }

  @Override
  public CompletableFuture<Boolean> reply(LocalReply reply) {
    CompletableFuture<Boolean> given = new CompletableFuture<>();
    try {
      AsyncReplies.give(
          reply,
          app.request().getMethod(),
          (response, details) -> {
            app.handler().consumeResponse(response, details, app.context());
            return details == null ? null : app.handler();
          });
      given.complete(true);
    } catch (Exception e) { // what the app's handler throws is the app's
      given.completeExceptionally(e);
    }
    return given;
  }

  /** Only requests without a body can be sent twice here, so a mirror has none either. */
  @Override
  public CompletableFuture<?> mirror(Attempt attempt, MirrorCopy copy) {
    RequestConfig bounded =
        RequestConfig.copy(config)
            .setResponseTimeout(Timeout.ofMilliseconds(Mirrors.TIMEOUT_MILLIS))
            .build();
    MinimalAttemptRequest request = new MinimalAttemptRequest(app.request(), bounded);
    MinimalAttempt dropped =
        new MinimalAttempt(app.handler(), request, null, head, DroppedAnswer.INSTANCE);
    begin(
        dropped,
        request,
        attempt,
        AttemptHead.shadow(attempt, head),
        copy.cluster(),
        copy.endpoint());
    return dropped.end();
  }

  @Override
  public Executor executor() {
    return callbacks;
  }
}
