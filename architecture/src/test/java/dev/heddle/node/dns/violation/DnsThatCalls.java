package dev.heddle.node.dns.violation;

import dev.heddle.node.outbound.OutboundServer;

/** Breaks: DNS knows pods alone. */
final class DnsThatCalls {

  Class<?> knows() {
    return OutboundServer.class;
  }
}
