package dev.heddle.node.protocol.violation;

import dev.heddle.node.outbound.OutboundServer;

/** Breaks: protocols know neither connections nor pods. */
final class ProtocolThatCalls {

  Class<?> knows() {
    return OutboundServer.class;
  }
}
