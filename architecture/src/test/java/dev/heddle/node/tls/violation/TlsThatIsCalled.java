package dev.heddle.node.tls.violation;

import dev.heddle.node.inbound.InboundServer;

/** Breaks: mesh TLS knows pods alone. */
final class TlsThatIsCalled {

  Class<?> knows() {
    return InboundServer.class;
  }
}
