package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.protocol.Authority;
import dev.heddle.node.protocol.GrpcStatus;
import dev.heddle.node.protocol.HeaderEdits;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestHead;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.snapshot.HostRouter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a pod and its answer: does what its {@link Call} says. A request to a host that
 * the mesh does not know goes where the pod sent it, once. All on one event loop.
 */
final class Exchange {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final OutboundLoop loop;
  private final HttpClient client;
  private final CapturedConnection connection;
  private final Target.Protocol protocol;
  private final HttpRequest received;
  private final RequestTarget target;
  private final RequestHeads heads;
  private final RequestBody body = new RequestBody();
  private @Nullable Call call;
  private @Nullable UpstreamAttempt current;
  private @Nullable MirrorRun mirrors;
  private @Nullable Future<?> timer;
  private @Nullable HttpResponse agreed;
  private boolean beingRead = true;
  private boolean replayable;
  private boolean delivering;
  private boolean over;

  /**
   * @param received that the request's rules let pass
   */
  Exchange(
      OutboundLoop loop,
      HttpClient client,
      CapturedConnection connection,
      Target.Protocol protocol,
      HttpRequest received) {
    this.loop = loop;
    this.client = client;
    this.connection = connection;
    this.protocol = protocol;
    this.received = received;
    this.target = RequestTarget.of(received);
    this.heads = new RequestHeads(received, target, HostNames.of(connection.destination()));
    this.replayable =
        HttpUtil.getContentLength(received, 0L) <= RequestBody.MAX_KEPT_BYTES && !leavesHttp();
  }

  private boolean leavesHttp() {
    return received.method().equals(HttpMethod.CONNECT) || HopHeaders.upgrades(received);
  }

  Pod pod() {
    return connection.pod();
  }

  void begin() {
    HopHeaders.remove(received);
    Authority authority = Authority.parse(target.authority());
    if (authority == null || received.method().equals(HttpMethod.CONNECT)) {
      passThrough();
      return;
    }
    int port = authority.port() == 0 ? connection.destination().getPort() : authority.port();
    find(
        authority.host(),
        port,
        router -> {
          if (router == null) {
            findByAddress();
          } else {
            route(router, port);
          }
        });
  }

  /** A service that is called by its address, whatever the client calls it. */
  private void findByAddress() {
    int port = connection.destination().getPort();
    String address = connection.destination().getAddress().getHostAddress();
    find(address, port, router -> route(router, port));
  }

  private void find(String host, int port, Consumer<@Nullable HostRouter> then) {
    loop.questions().find(pod().workload(), host, port, loop.loop(), then);
  }

  private void route(@Nullable HostRouter router, int port) {
    if (over) {
      return;
    }
    if (router == null) {
      passThrough();
      return;
    }
    loop.metrics().call();
    Call begun =
        new Call(router, new RequestHead(received, target, port), replayable, loop.random());
    call = begun;
    act(begun.start(now()), null);
  }

  /** ALLOW_ANY: what the mesh does not know goes where the pod sent it. */
  private void passThrough() {
    loop.metrics().passedThrough();
    send(heads.unchanged(), Targets.of(connection.destination(), protocol), Terms.DEFAULT);
  }

  private void act(Action action, @Nullable Failure failure) {
    switch (action) {
      case Action.Wait wait -> pause(wait.nanos());
      case Action.Send send -> send(send.attempt());
      case Action.Reply reply -> reply(reply.reply());
      default -> {
        Failure shown = failure == null ? Failure.UNKNOWN : failure;
        loop.metrics().localReply(FailedReply.reason(shown.outcome()));
        end();
        client.reply(FailedReply.of(shown.outcome(), shown.cause()));
      }
    }
  }

  private void pause(long nanos) {
    if (nanos == 0) {
      waited();
    } else {
      timer = in(nanos, this::waited);
    }
  }

  private void reply(LocalReply reply) {
    loop.metrics().localReply(reply.reason());
    end();
    client.reply(LocalReplies.of(reply));
  }

  private void waited() {
    timer = null;
    if (!over && call != null) {
      act(call.waited(now()), null);
    }
  }

  private void send(Attempt attempt) {
    if (attempt.number() > 1) {
      loop.metrics().retry();
    }
    if (attempt.timeoutNanos() > 0) {
      timer = in(attempt.timeoutNanos(), this::timedOut);
    }
    if (!attempt.mirrors().isEmpty()) {
      mirrors = new MirrorRun(loop, pod(), heads.mirror(attempt), attempt.mirrors(), protocol);
      mirrors.sendIfWhole(body);
    }
    Target to =
        Targets.of(attempt.cluster(), attempt.endpoint(), connection.destination(), protocol);
    send(heads.of(attempt), to, Terms.of(attempt.cluster().connectionPool(), attempt.limits()));
  }

  private void send(HttpRequest head, Target to, Terms terms) {
    UpstreamAttempt attempt = new UpstreamAttempt(this, loop, head, body, to, terms);
    current = attempt;
    attempt.begin();
    regulate();
  }

  private void timedOut() {
    timer = null;
    UpstreamAttempt late = current;
    current = null;
    if (late != null && call != null) {
      late.cancel();
      act(call.timedOut(now()), null);
    }
  }

  /** More of the request came; takes it over. */
  void content(HttpContent content) {
    if (over) {
      content.release();
      return;
    }
    beingRead = true;
    body.add(content);
    if (replayable && body.isTooLong()) {
      replayable = false;
      if (call != null) {
        call.notReplayable();
      }
    }
    if (mirrors != null) {
      mirrors.sendIfWhole(body);
    }
    if (current != null) {
      current.sendBody();
    }
    regulate();
  }

  /** All that could be read of the request at once was told. */
  void flushRequest() {
    beingRead = false;
    if (current != null) {
      current.flushRequest();
    }
  }

  /** Whether more of the request may be told at once, and what is sent need not go out yet. */
  boolean isBeingRead() {
    return beingRead;
  }

  /** Whether what was sent of the request may have to be sent again. */
  boolean mayRepeat() {
    return replayable && !delivering;
  }

  /** Reads no faster from either side than the other takes. */
  void regulate() {
    if (!over) {
      client.read(current == null ? !body.isTooLong() : current.takesMore());
    }
  }

  /** The client takes more, or no more for now. */
  void clientWritable() {
    if (current != null && !over) {
      current.read(client.isWritable());
    }
  }

  void informational(HttpResponse response) {
    client.informational(response);
  }

  void responded(HttpResponse response) {
    stopTimer();
    List<HeaderChange> changes = List.of();
    if (call != null) {
      Action action = call.responded(response.status().code(), GrpcStatus.of(response), now());
      if (!(action instanceof Action.Deliver deliver)) {
        UpstreamAttempt dropped = current;
        current = null;
        if (dropped != null) {
          dropped.cancel();
        }
        act(action, null);
        return;
      }
      changes = deliver.responseHeaders();
      if (deliver.timeoutNanos() > 0) {
        timer = in(deliver.timeoutNanos(), this::bodyTimedOut);
      }
    }
    deliver(response, changes);
  }

  private void deliver(HttpResponse response, List<HeaderChange> changes) {
    delivering = true;
    boolean switches = response.status().code() == SWITCHING_PROTOCOLS;
    if (switches && !HopHeaders.upgrades(received)) {
      brokenOff();
      return;
    }
    HopHeaders.remove(response);
    HeaderEdits.apply(changes, response.headers());
    boolean tunnel =
        received.method().equals(HttpMethod.CONNECT)
            && response.status().codeClass() == HttpStatusClass.SUCCESS;
    if (switches || tunnel) {
      agreed = response;
    } else {
      client.head(response);
    }
    if (current != null) {
      current.sendBody(); // what was kept for another attempt goes
    }
  }

  void responseBody(HttpContent content) {
    if (agreed != null && current != null) {
      content.release();
      UpstreamAttempt won = current;
      won.end();
      HttpResponse response = agreed;
      end();
      client.tunnel(response, won.stream());
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (last) {
      if (current != null) {
        current.end();
      }
      end();
    }
    client.body(content);
    if (!last) {
      clientWritable();
    }
  }

  void flush() {
    client.flush();
  }

  void failed(Outcome outcome, Throwable cause) {
    stopTimer();
    current = null;
    if (delivering) {
      brokenOff();
    } else if (call == null) {
      loop.metrics().localReply(FailedReply.reason(outcome));
      end();
      client.reply(FailedReply.of(outcome, cause));
    } else {
      act(call.failed(outcome, now()), new Failure(outcome, cause));
    }
  }

  /** The head was the client's already; what is missing of the body is lost. */
  private void bodyTimedOut() {
    timer = null;
    brokenOff();
  }

  private void brokenOff() {
    cancel();
    client.abort();
  }

  /** The client is gone, or gets no more. */
  void cancel() {
    UpstreamAttempt open = current;
    end();
    if (open != null) {
      open.cancel();
    }
  }

  private void end() {
    over = true;
    stopTimer();
    current = null;
    body.drop();
    if (call != null) {
      call.finished();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private Future<?> in(long nanos, Runnable event) {
    return loop.loop().schedule(event, nanos, TimeUnit.NANOSECONDS);
  }

  private long now() {
    return loop.clock().getAsLong();
  }

  private record Failure(Outcome outcome, Throwable cause) {
    static final Failure UNKNOWN = new Failure(Outcome.RESET, new IOException("the call was over"));
  }
}
