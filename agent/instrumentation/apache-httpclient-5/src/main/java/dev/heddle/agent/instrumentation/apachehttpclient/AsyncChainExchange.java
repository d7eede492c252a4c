package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.AsyncExchange;
import dev.heddle.agent.core.call.AttemptListener;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** One call of the async client; what the app gets goes through its callback. */
final class AsyncChainExchange implements AsyncExchange<Boolean> {

  private final AsyncAppCall app;
  private final Executor callbacks;
  private final @Nullable RequestConfig config;
  private @Nullable BodyCopy copy;
  private volatile @Nullable ConnectLimit connectLimit;
  private volatile @Nullable AttemptProducer sending;

  AsyncChainExchange(AsyncAppCall app, Executor callbacks) {
    this.app = app;
    this.callbacks = callbacks;
    this.config = app.scope().clientContext.getRequestConfig();
  }

  @Override
  public CompletableFuture<Boolean> send(Attempt attempt, AttemptListener listener) {
    connectLimit = ConnectLimit.in(app.scope().clientContext, attempt.cluster());
    AsyncEntityProducer producer = app.producer();
    if (producer != null && attempt.number() > 1) {
      producer.releaseResources(); // it begins anew
    }
    AttemptProducer body = producer == null ? null : body(producer, attempt, listener);
    sending = body;
    return new AsyncAttempt(app, listener, body).begin(attempt);
  }

  private AttemptProducer body(
      AsyncEntityProducer producer, Attempt attempt, AttemptListener listener) {
    return new AttemptProducer(producer, listener::sent, attempt.number() == 1 ? copy : null);
  }

  /** The call is over: a mirror that still waits for a body gets none. */
  void over() {
    if (copy != null) {
      copy.giveUp();
    }
    Contexts.restore(app.scope().clientContext, app.scope().route, app.request());
  }

  @Override
  public Outcome outcome(Throwable failure) {
    AttemptProducer body = sending;
    return Failures.isCancelledWait(failure) && (body == null || !body.hasBegun())
        ? Outcome.REFUSED
        : Failures.outcome(failure, connectLimit);
  }

  @Override
  public boolean isAppTimeout(Throwable failure) {
    return Failures.isAppTimeout(failure, connectLimit);
  }

  @Override
  public long responseTimeoutNanos() {
    return config == null ? 0 : Failures.nanos(config.getResponseTimeout());
  }

  @Override
  public Throwable responseTimeout() {
    return new SocketTimeoutException(
        config == null ? "no response in time" : String.valueOf(config.getResponseTimeout()));
  }

  @Override
  public CompletableFuture<Boolean> reply(LocalReply reply) {
    CompletableFuture<Boolean> given = new CompletableFuture<>();
    try {
      AsyncReplies.give(reply, app.request().getMethod(), app.callback()::handleResponse);
      given.complete(true);
    } catch (Exception e) { // what the app's consumer throws is the app's
      given.completeExceptionally(e);
    }
    return given;
  }

  /** A body is copied while the call itself sends it, and sent to the mirror then. */
  @Override
  public CompletableFuture<?> mirror(Attempt attempt, MirrorCopy mirror) {
    AsyncEntityProducer producer = app.producer();
    if (producer == null) {
      return AsyncMirror.send(app, config, attempt, mirror, null);
    }
    if (copy == null) {
      copy = new BodyCopy();
    }
    return copy.bytes()
        .thenCompose(
            bytes ->
                AsyncMirror.send(app, config, attempt, mirror, new CopiedBody(bytes, producer)));
  }

  @Override
  public Executor executor() {
    return callbacks;
  }
}
