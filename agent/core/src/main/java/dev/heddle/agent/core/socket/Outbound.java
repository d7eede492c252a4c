package dev.heddle.agent.core.socket;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** How the app's connection to an address is to be: known, or soon to be known. */
final class Outbound {

  private final ConnectionPolicy policy;
  private final InetSocketAddress remote;
  private final @Nullable OutboundTls known;
  private final @Nullable AddressQuestion question;

  private Outbound(
      ConnectionPolicy policy,
      InetSocketAddress remote,
      @Nullable OutboundTls known,
      @Nullable AddressQuestion question) {
    this.policy = policy;
    this.remote = remote;
    this.known = known;
    this.question = question;
  }

  /** How one that is made now is to be; null: it is the app's own affair. */
  static @Nullable Outbound to(ConnectionPolicy policy, InetSocketAddress remote) {
    OutboundTls known = policy.outbound(remote);
    AddressQuestion question = known == null ? policy.question(remote) : null;
    boolean open = question != null && !question.isOver();
    return known == null && !open ? null : new Outbound(policy, remote, known, question);
  }

  /** The same for who can wait, and does; null: it is the app's own affair. */
  @Nullable Outbound awaited() {
    AddressQuestion asked = question;
    if (asked != null) {
      asked.await();
    }
    return tls() == null ? null : to(policy, remote);
  }

  /** Whether mesh TLS is spoken with an address; waits for the answer. */
  static boolean speaksTls(ConnectionPolicy policy, InetSocketAddress remote) {
    Outbound outbound = to(policy, remote);
    return outbound != null && outbound.awaited() != null;
  }

  /** How to speak to it; null: plaintext, if there is nothing to wait for. */
  @Nullable OutboundTls tls() {
    return known == null ? policy.outbound(remote) : known;
  }

  /** What is waited for; null: nothing. */
  @Nullable AddressQuestion openQuestion() {
    return question == null || question.isOver() ? null : question;
  }
}
