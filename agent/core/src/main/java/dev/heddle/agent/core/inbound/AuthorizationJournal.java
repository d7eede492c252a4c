package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.AuthorizationObserver;
import dev.heddle.policy.authz.Decision;
import dev.heddle.policy.authz.LoggedText;
import dev.heddle.policy.identity.SpiffeId;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells people what was decided: counters of everything, and a bounded number of lines. */
final class AuthorizationJournal {

  /** A minute's lines: enough to see what happens, too few to fill a disk by sending requests. */
  private static final int LINES_A_MINUTE = 60;

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final AuthorizationMetrics metrics;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private long minute;
  private int lines;
  private long unwritten;

  AuthorizationJournal(AuthorizationMetrics metrics, Consumer<String> log, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.log = log;
    this.nanoTime = nanoTime;
    this.minute = nanoTime.getAsLong();
  }

  void decided(Decision decision, InboundRequest request) {
    metrics.decided(decision);
    if (!decision.allowed()) {
      write(decision.toString(), request.connection(), request);
    }
  }

  void decided(Decision decision, InboundConnection connection) {
    metrics.decided(decision);
    if (!decision.allowed()) {
      write(decision.toString(), connection, null);
    }
  }

  void undecided(InboundRequest request, String reason) {
    metrics.undecided();
    write("denied: it cannot be decided, " + reason, request.connection(), request);
  }

  void unauthenticated(InboundRequest request, String reason) {
    metrics.unauthenticated();
    write("denied: its token is not believed, " + reason, request.connection(), request);
  }

  /** Writes down what decides nothing about a request. */
  AuthorizationObserver of(InboundRequest request) {
    return new Observer(request.connection(), request);
  }

  /** Writes down what decides nothing about a connection that carries no requests. */
  AuthorizationObserver of(InboundConnection connection) {
    return new Observer(connection, null);
  }

  private final class Observer implements AuthorizationObserver {
    private final InboundConnection connection;
    private final @Nullable InboundRequest request;

    Observer(InboundConnection connection, @Nullable InboundRequest request) {
      this.connection = connection;
      this.request = request;
    }

    @Override
    public void audited(Decision matched) {
      metrics.audited(matched);
      String rule = "rule " + matched.rule() + " of " + matched.policy();
      write("audit: " + rule + " matches", connection, request);
    }

    @Override
    public void tried(Decision decision) {
      metrics.tried(decision);
      if (!decision.allowed()) {
        write("dry run: " + decision, connection, request);
      }
    }
  }

  private void write(String what, InboundConnection connection, @Nullable InboundRequest request) {
    String told = line();
    if (told == null) {
      return;
    }
    SpiffeId peer = connection.peer();
    String subject =
        request == null
            ? "a connection"
            : LoggedText.printable(request.method()) + ' ' + LoggedText.path(request.target());
    log.accept(
        String.format(
            "authorization: %s: %s to port %d from %s at %s%s",
            what,
            subject,
            connection.destinationPort(),
            peer == null ? "an unknown peer" : peer.uri(),
            connection.sourceAddress(),
            told));
  }

  /** What stands behind a line; null where no further line is to be written this minute. */
  private synchronized @Nullable String line() {
    long now = nanoTime.getAsLong();
    if (now - minute >= MINUTE_NANOS) {
      minute = now;
      lines = 0;
    }
    if (lines == LINES_A_MINUTE) {
      unwritten++;
      return null;
    }
    lines++;
    String told = unwritten == 0 ? "" : " (" + unwritten + " before it were not written)";
    unwritten = 0;
    return told;
  }
}
