package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.protocol.Authority;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestHead;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.node.upstream.UpstreamStream;
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
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request of a pod and its answer: does what its {@link Call} says. A request to a host that
 * the mesh does not know goes where the pod sent it, once. All on one event loop.
 */
final class Exchange {

  private final OutboundLoop loop;
  private final HttpClient client;
  private final CapturedConnection connection;
  private final Target.Protocol protocol;
  private final HttpRequest received;
  private final RequestTarget target;
  private final RequestHeads heads;
  private final RequestBody body = new RequestBody();
  private final Answer answer;
  private final CallTimer timer;
  private @Nullable Call call;
  private @Nullable UpstreamAttempt current;
  private @Nullable MirrorRun mirrors;
  private boolean beingRead = true;
  private boolean replayable;
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
    this.timer = new CallTimer(loop.loop());
    this.answer = new Answer(this, client, received);
    this.heads = new RequestHeads(received, target, HostNames.of(connection.destination()));
    this.replayable =
        HttpUtil.getContentLength(received, 0L) <= RequestBody.MAX_KEPT_BYTES
            && !Answer.isTunnelWanted(received);
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
    new HostSearch(loop, connection).find(authority, this::route);
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

  private void act(Action action, @Nullable FailedReply failure) {
    switch (action) {
      case Action.Wait wait -> pause(wait.nanos());
      case Action.Send send -> send(send.attempt());
      case Action.Reply reply -> reply(reply.reply());
      default -> reply(failure == null ? FailedReply.UNKNOWN : failure);
    }
  }

  private void pause(long nanos) {
    if (nanos == 0) {
      waited();
    } else {
      timer.start(nanos, this::waited);
    }
  }

  private void reply(LocalReply reply) {
    loop.metrics().localReply(reply.reason());
    end();
    client.reply(LocalReplies.of(reply));
  }

  private void reply(FailedReply failed) {
    loop.metrics().localReply(failed.reason());
    end();
    client.reply(failed.response());
  }

  private void waited() {
    if (!over && call != null) {
      act(call.waited(now()), null);
    }
  }

  private void send(Attempt attempt) {
    if (attempt.number() > 1) {
      loop.metrics().retry();
    }
    timer.start(attempt.timeoutNanos(), this::timedOut);
    if (!attempt.mirrors().isEmpty()) {
      mirrors = new MirrorRun(loop, connection, heads.mirror(attempt), attempt.mirrors(), protocol);
      mirrors.sendIfWhole(body);
    }
    Target to = Targets.of(attempt.cluster(), attempt.endpoint(), connection, protocol);
    send(heads.of(attempt), to, Terms.of(attempt.cluster().connectionPool(), attempt.limits()));
  }

  private void send(HttpRequest head, Target to, Terms terms) {
    UpstreamAttempt attempt = new UpstreamAttempt(this, loop, head, body, to, terms);
    current = attempt;
    attempt.begin();
    regulate();
  }

  private void timedOut() {
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
    return replayable && !answer.hasBegun();
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

  Answer answer() {
    return answer;
  }

  /** A head came: what is changed in it for the client, or null where the client gets another. */
  @Nullable List<HeaderChange> judged(int status, int grpcStatus) {
    timer.stop();
    if (call == null) {
      return List.of();
    }
    Action action = call.responded(status, grpcStatus, now());
    if (!(action instanceof Action.Deliver deliver)) {
      UpstreamAttempt dropped = current;
      current = null;
      if (dropped != null) {
        dropped.cancel();
      }
      act(action, null);
      return null;
    }
    timer.start(deliver.timeoutNanos(), this::brokenOff);
    return deliver.responseHeaders();
  }

  /** From here on there is one answer: what was kept of the request for another attempt goes. */
  void answering() {
    if (current != null) {
      current.sendBody();
    }
  }

  /** All of the answer is here. */
  void answered() {
    if (current != null) {
      current.end();
    }
    end();
  }

  /** Ends here, with a connection that is no longer HTTP's. */
  UpstreamStream detach() {
    UpstreamAttempt won = current;
    if (won == null) {
      throw new IllegalStateException("no attempt is under way");
    }
    answered();
    return won.stream();
  }

  void failed(Outcome outcome, Throwable cause) {
    timer.stop();
    current = null;
    answer.forget();
    if (answer.hasBegun()) {
      brokenOff();
    } else if (call == null) {
      reply(new FailedReply(outcome, cause));
    } else {
      act(call.failed(outcome, now()), new FailedReply(outcome, cause));
    }
  }

  /** The head was the client's already; what is missing of the body is lost. */
  void brokenOff() {
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
    timer.stop();
    current = null;
    body.drop();
    if (call != null) {
      call.finished();
    }
  }

  private long now() {
    return loop.clock().getAsLong();
  }
}
