package dev.heddle.node.inbound;

import dev.heddle.policy.authz.AuthorizationObserver;
import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.authz.LoggedText;
import dev.heddle.policy.identity.SpiffeId;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the policies of one workload decided: everything in counters, and as lines what people
 * ask about: who was refused what, where, and by which rule.
 */
final class AuthorizationJournal {

  private final AuthorizationCounts.Workload counts;
  private final BoundedLog log;

  AuthorizationJournal(AuthorizationCounts.Workload counts, BoundedLog log) {
    this.counts = counts;
    this.log = log;
  }

  /** Of a request, or without one of a connection that carries none that are read. */
  void decided(Decision decision, InboundConnection connection, @Nullable HttpRequest request) {
    counts.decided(decision);
    if (!decision.allowed()) {
      write(decision.toString(), connection, request);
    }
  }

  void unauthenticated(InboundConnection connection, HttpRequest request, String reason) {
    counts.unauthenticated();
    write("denied: its token is not believed, " + reason, connection, request);
  }

  /** Writes down what decides nothing about a request, or about a connection without. */
  AuthorizationObserver of(InboundConnection connection, @Nullable HttpRequest request) {
    return new AuthorizationObserver() {
      @Override
      public void audited(Decision matched) {
        counts.audited(matched);
        String rule = "rule " + matched.rule() + " of " + matched.policy();
        write("audit: " + rule + " matches", connection, request);
      }

      @Override
      public void tried(Decision decision) {
        counts.tried(decision);
        if (!decision.allowed()) {
          write("dry run: " + decision, connection, request);
        }
      }
    };
  }

  private void write(String what, InboundConnection connection, @Nullable HttpRequest request) {
    if (!log.takes()) {
      return;
    }
    SpiffeId peer = connection.peer();
    String subject =
        request == null
            ? "a connection"
            : LoggedText.printable(request.method().name()) + ' ' + LoggedText.path(request.uri());
    log.write(
        String.format(
            Locale.ROOT,
            "authorization: %s: %s to pod %s port %d from %s at %s",
            what,
            subject,
            connection.captured().pod().name(),
            connection.destinationPort(),
            peer == null ? "an unknown peer" : peer.uri(),
            connection.sourceAddress()));
  }
}
