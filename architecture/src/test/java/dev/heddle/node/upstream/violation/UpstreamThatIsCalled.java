package dev.heddle.node.upstream.violation;

import dev.heddle.node.inbound.InboundServer;

/** Breaks: connections to endpoints know nobody who calls. */
final class UpstreamThatIsCalled {

  Class<?> knows() {
    return InboundServer.class;
  }
}
