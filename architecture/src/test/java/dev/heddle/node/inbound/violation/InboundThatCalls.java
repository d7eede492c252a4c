package dev.heddle.node.inbound.violation;

import dev.heddle.node.outbound.OutboundServer;

/** Breaks: inbound knows neither outbound nor who captures. */
final class InboundThatCalls {

  Class<?> knows() {
    return OutboundServer.class;
  }
}
