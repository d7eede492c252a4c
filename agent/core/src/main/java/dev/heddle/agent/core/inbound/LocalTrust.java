package dev.heddle.agent.core.inbound;

import org.jspecify.annotations.Nullable;

/** Lets in what this host, or pod, asks itself in plaintext; all else is judged by another gate. */
final class LocalTrust implements RequestGate {

  private final RequestGate others;

  LocalTrust(RequestGate others) {
    this.others = others;
  }

  @Override
  public @Nullable Refusal judge(InboundRequest request) {
    return request.connection().isPlainFromHere() ? null : others.judge(request);
  }

  @Override
  public boolean refuses() {
    return others.refuses();
  }
}
