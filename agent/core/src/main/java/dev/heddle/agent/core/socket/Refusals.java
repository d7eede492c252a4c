package dev.heddle.agent.core.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Tells of accepted connections that were refused: the first of a kind at once, and what follows
 * once a minute with its count, for whoever floods a port must not flood the log.
 */
public final class Refusals {

  /** Why. */
  enum Reason {
    NO_MESH_TLS("no mesh TLS on a STRICT port"),
    HANDSHAKE("the handshake failed"),
    TIMEOUT("the handshake took too long"),
    TOO_MANY("too many handshakes at once"),
    DENIED("denied by a rule");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of what a peer had a part in; a certificate may name much. */
  private static final int MAX_DETAIL_CHARS = 400;

  private static final class Told {
    final AtomicBoolean recently = new AtomicBoolean();
    final LongAdder since = new LongAdder();
    volatile String last = "";
  }

  private final Handshakes handshakes;
  private final Consumer<String> log;
  private final Map<Reason, Told> told = new EnumMap<>(Reason.class);

  /** log takes a line. */
  public Refusals(Handshakes handshakes, Consumer<String> log) {
    this.handshakes = handshakes;
    this.log = log;
    for (Reason reason : Reason.values()) {
      told.put(reason, new Told());
    }
  }

  /** One more; detail: who it was, and what was wrong. */
  void add(Reason reason, String detail) {
    Told of = told(reason);
    if (of.recently.compareAndSet(false, true)) {
      log.accept("refused a connection (" + reason.text + "): " + clean(detail));
      tellInAMinute(reason);
    } else {
      of.last = detail;
      of.since.increment();
    }
  }

  /** A minute has passed since the last line. */
  void tellAgain(Reason reason) {
    Told of = told(reason);
    long count = of.since.sumThenReset();
    if (count == 0) {
      of.recently.set(false);
    } else {
      log.accept(
          "refused "
              + count
              + " more connections within a minute ("
              + reason.text
              + "); the last: "
              + clean(of.last));
      tellInAMinute(reason);
    }
  }

  private void tellInAMinute(Reason reason) {
    Future<?> unused = handshakes.after(MINUTE_NANOS, () -> tellAgain(reason));
  }

  private Told told(Reason reason) {
    return Objects.requireNonNull(told.get(reason), "each reason has one");
  }

  private static String clean(String detail) {
    String line = detail.replaceAll("\\p{Cntrl}", "?");
    return line.length() > MAX_DETAIL_CHARS ? line.substring(0, MAX_DETAIL_CHARS) + "..." : line;
  }
}
