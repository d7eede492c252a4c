package dev.heddle.node.capture.violation;

import dev.heddle.node.outbound.OutboundServer;

/** Breaks: capture knows pods alone. */
final class CaptureThatCalls {

  Class<?> knows() {
    return OutboundServer.class;
  }
}
