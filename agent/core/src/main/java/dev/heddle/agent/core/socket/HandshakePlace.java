package dev.heddle.agent.core.socket;

import dev.heddle.agent.core.socket.Refusals.Reason;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What an opening holds until it ends: its deadline, and a place among the accepted handshakes.
 * Success, failure, deadline and close may come at once; each thing is given back once.
 */
final class HandshakePlace {

  private final Handshakes handshakes;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean held = new AtomicBoolean();
  private volatile @Nullable Future<?> deadline;

  HandshakePlace(Handshakes handshakes) {
    this.handshakes = handshakes;
  }

  /** From now on it has so long; expired is called at the end of that, unless it ends before. */
  void startDeadline(Runnable expired) {
    if (deadline == null) {
      deadline =
          handshakes.after(
              Handshakes.TIMEOUT_NANOS,
              () -> {
                if (end()) {
                  expired.run();
                }
              });
    }
  }

  /** Takes a place among the accepted. */
  void take() throws IOException {
    if (!handshakes.begins()) {
      throw new RefusedException(
          Reason.TOO_MANY, "more than " + Handshakes.MAX_ACCEPTED + " handshakes at once");
    }
    held.set(true);
    if (ended.get()) { // the deadline was between the two: whichever comes second gives it back
      giveBack();
      throw new RefusedException(Reason.TIMEOUT, "no mesh TLS handshake in time");
    }
  }

  /** Whether this call was the one that ended it. */
  boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    Future<?> timer = deadline;
    if (timer != null) {
      timer.cancel(false);
    }
    giveBack();
    return true;
  }

  private void giveBack() {
    if (held.compareAndSet(true, false)) {
      handshakes.ended();
    }
  }
}
