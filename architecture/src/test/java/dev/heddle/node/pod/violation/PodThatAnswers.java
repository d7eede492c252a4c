package dev.heddle.node.pod.violation;

import dev.heddle.node.dns.DnsServer;

/** Breaks: pods know nobody. */
final class PodThatAnswers {

  Class<?> knows() {
    return DnsServer.class;
  }
}
