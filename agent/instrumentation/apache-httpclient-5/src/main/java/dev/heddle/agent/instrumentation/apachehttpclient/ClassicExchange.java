package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.BlockingExchange;
import dev.heddle.agent.core.call.BodyLimit;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.RequestFailedException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One call of the classic client. */
final class ClassicExchange implements BlockingExchange<ClassicHttpResponse> {

  /** The agent's timer comes first, so that its timeout is not taken for the app's. */
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ExecChainHandler handler;
  private final ClassicHttpRequest app;
  private final RequestHead head;
  private final ExecChain.Scope scope;
  private final ExecChain chain;
  private final Targets targets;
  private final @Nullable RequestConfig config;
  private @Nullable ConnectLimit connectLimit;
  private Header @Nullable [] ownHeaders;

  ClassicExchange(
      ExecChainHandler handler,
      ClassicHttpRequest app,
      RequestHead head,
      ExecChain.Scope scope,
      ExecChain chain,
      CallPipeline pipeline) {
    this.handler = handler;
    this.app = app;
    this.head = head;
    this.scope = scope;
    this.chain = chain;
    this.targets = new Targets(pipeline, scope.route.getTargetHost(), head);
    this.config = scope.clientContext.getRequestConfig();
  }

  @Override
  public ClassicHttpResponse send(Attempt attempt, Runnable sent)
      throws IOException, HttpException {
    ExecChain.Scope to =
        new ExecChain.Scope(
            scope.exchangeId,
            targets.route(scope.route, attempt, attempt.cluster(), attempt.endpoint()),
            scope.originalRequest,
            ConnectionLife.in(scope.execRuntime, head, attempt.cluster(), scope.clientContext),
            scope.clientContext);
    ConnectLimit limit = ConnectLimit.of(attempt.cluster());
    connectLimit = limit;
    scope.execRuntime.releaseEndpoint(); // of an authentication challenge before
    configure(leaseIn(attempt.timeoutNanos()));
    ConnectLimit outer = ConnectLimit.enter(limit);
    try {
      return handler.execute(request(attempt, sent), to, new AttemptChain(chain, sent));
    } finally {
      ConnectLimit.leave(outer);
    }
  }

  /** The app's own where nothing is changed, which is nearly always. */
  private ClassicHttpRequest request(Attempt attempt, Runnable sent) throws HttpException {
    if (ownHeaders != null) {
      app.setHeaders(ownHeaders);
      ownHeaders = null;
    } else if (attempt.number() == 1
        && app.getEntity() == null
        && attempt.mirrors().isEmpty() // which would read what the client changes
        && attempt.authority() == null
        && attempt.requestHeaders().isEmpty()
        && attempt.path().equals(head.path())) {
      ownHeaders = app.getHeaders(); // the client adds some, which a second attempt must not have
      return app;
    }
    AttemptRequest request = new AttemptRequest(app, sent);
    AttemptHead.fill(request, app, attempt, attempt.authority());
    return request;
  }

  private void configure(@Nullable RequestConfig wanted) {
    RequestConfig present = scope.clientContext.getRequestConfig();
    if (!Objects.equals(wanted, present)) {
      scope.clientContext.setRequestConfig(wanted);
    }
  }

  /** Nothing can be aborted while the pool is asked for a connection: it is asked no longer. */
  private @Nullable RequestConfig leaseIn(long timeoutNanos) {
    if (timeoutNanos == 0) {
      return config;
    }
    RequestConfig base = config == null ? RequestConfig.DEFAULT : config;
    long own = Failures.nanos(base.getConnectionRequestTimeout());
    return own != 0 && own <= timeoutNanos
        ? base
        : RequestConfig.copy(base)
            .setConnectionRequestTimeout(
                Timeout.of(timeoutNanos + LATER_NANOS, TimeUnit.NANOSECONDS))
            .build();
  }

  /** The app finds its context as if there were no attempts. */
  void restore() {
    configure(config);
    Contexts.restore(scope.clientContext, scope.route, app);
  }

  @Override
  public void abort() {
    if (scope.execRuntime instanceof Cancellable) {
      ((Cancellable) scope.execRuntime).cancel();
    }
  }

  @Override
  public void checkGivenUp() throws IOException {
    if (scope.execRuntime.isExecutionAborted()) {
      throw new RequestFailedException("Request aborted");
    }
  }

  @Override
  public Outcome outcome(Exception failure) {
    return Failures.outcome(failure, connectLimit);
  }

  @Override
  public boolean isAppTimeout(Exception failure) {
    return Failures.isAppTimeout(failure, connectLimit);
  }

  @Override
  public long responseTimeoutNanos() {
    return config == null ? 0 : Failures.nanos(config.getResponseTimeout());
  }

  @Override
  public Exception responseTimeout() {
    return new SocketTimeoutException("Read timed out");
  }

  @Override
  public int status(ClassicHttpResponse response) {
    return AttemptHead.status(head, response);
  }

  @Override
  public int grpcStatus(ClassicHttpResponse response) {
    return AttemptHead.grpcStatus(head, response);
  }

  /** A body that is here already is read, and the connection kept; no other is waited for. */
  @Override
  public void discard(ClassicHttpResponse response) {
    HttpEntity entity = response.getEntity();
    try {
      if (entity != null
          && entity.getContentLength() >= 0
          && entity.getContent().available() >= entity.getContentLength()) {
        EntityUtils.consume(entity);
        scope.execRuntime.releaseEndpoint();
        return;
      }
    } catch (IOException cut) {
      // is what follows
    }
    scope.execRuntime.discardEndpoint();
  }

  @Override
  public ClassicHttpResponse deliver(
      ClassicHttpResponse response, List<HeaderChange> changes, @Nullable BodyLimit limit)
      throws IOException {
    AttemptHead.change(response, changes);
    Cookies.keep(changes, scope.clientContext);
    HttpEntity body = response.getEntity();
    if (limit != null && body != null) {
      response.setEntity(new LimitedEntity(body, limit, scope.execRuntime::discardEndpoint));
    }
    return response;
  }

  @Override
  public ClassicHttpResponse reply(LocalReply reply) {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
    response.setHeader("content-type", "text/plain; charset=utf-8");
    response.setHeader(LocalReply.REASON_HEADER, reply.reason());
    reply.headers().forEach(response::setHeader);
    ContentType type = ContentType.create("text/plain", StandardCharsets.UTF_8);
    response.setEntity(new StringEntity(reply.body(), type));
    return response;
  }

  @Override
  public void mirror(Attempt attempt, MirrorCopy copy) throws IOException, HttpException {
    AttemptRequest request = new AttemptRequest(app, () -> {});
    AttemptHead.fill(request, app, attempt, AttemptHead.shadow(attempt, head));
    HttpClientContext context = Contexts.ofMirror(scope.clientContext, config);
    ExecChain.Scope to =
        new ExecChain.Scope(
            scope.exchangeId + "-shadow",
            targets.route(scope.route, attempt, copy.cluster(), copy.endpoint()),
            request,
            scope.execRuntime.fork(null),
            context);
    try {
      handler.execute(request, to, new AttemptChain(chain, () -> {}));
    } finally {
      to.execRuntime.discardEndpoint(); // the body is not waited for
    }
  }
}
