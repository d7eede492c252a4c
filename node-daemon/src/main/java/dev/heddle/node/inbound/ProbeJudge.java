package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.protocol.RequestTarget;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * On a connection that began with a probe: probes are let in. What comes behind them is judged as
 * any request where plaintext is, and refused where mesh TLS is asked for.
 */
final class ProbeJudge implements Judge {

  private final InboundServer server;
  private final CapturedConnection captured;
  private final boolean strict;
  private final Judge others;

  ProbeJudge(InboundServer server, CapturedConnection captured, boolean strict, Judge others) {
    this.server = server;
    this.captured = captured;
    this.strict = strict;
    this.others = others;
  }

  @Override
  public @Nullable Refusal judge(HttpRequest request, RequestTarget target) {
    if (Probes.contain(request, captured)) {
      return null;
    }
    if (strict) {
      server.counts().count(Event.PLAINTEXT_REFUSED);
      return Refusal.DENIED;
    }
    return others.judge(request, target);
  }
}
