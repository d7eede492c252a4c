package dev.heddle.node.outbound.violation;

import dev.heddle.node.inbound.InboundServer;

/** Breaks: outbound knows what calls need. */
final class OutboundThatIsCalled {

  Class<?> knows() {
    return InboundServer.class;
  }
}
