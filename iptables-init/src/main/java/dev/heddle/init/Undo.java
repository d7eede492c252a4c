package dev.heddle.init;

import dev.heddle.init.apply.Capture;
import dev.heddle.init.apply.CaptureException;
import dev.heddle.init.handover.HandoverException;
import java.io.PrintWriter;

/**
 * Takes rules away again where what they are part of fails, or a signal ends the process in the
 * middle of it. A signal waits until the part that runs has ended, which is bounded.
 */
final class Undo {

  private final Capture capture;
  private final PrintWriter err;
  private final boolean wanted;

  /**
   * @param wanted false where rules were there before
   */
  Undo(Capture capture, PrintWriter err, boolean wanted) {
    this.capture = capture;
    this.err = err;
    this.wanted = wanted;
  }

  /** Work that puts rules in place and must end well for them to stay. */
  interface Work {
    void run() throws CaptureException, HandoverException;
  }

  void unless(Work work) throws CaptureException, HandoverException {
    Attempt attempt = new Attempt();
    Runtime.getRuntime().addShutdownHook(new Thread(attempt::undo, "heddle-undo"));
    try {
      attempt.run(work);
    } finally {
      attempt.undo();
    }
  }

  /** One run of the work; whoever undoes it first does so, and nobody after it ended well. */
  private final class Attempt {
    private boolean settled;

    synchronized void run(Work work) throws CaptureException, HandoverException {
      if (settled) {
        throw new CaptureException("interrupted by a signal; nothing was changed");
      }
      work.run();
      settled = true;
    }

    synchronized void undo() {
      if (settled) {
        return;
      }
      settled = true;
      if (wanted) {
        try {
          capture.remove();
        } catch (CaptureException e) {
          err.println("heddle-init: rules may be left behind: " + e.getMessage());
          err.flush();
        }
      }
    }
  }
}
