package dev.heddle.e2e.probe;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The app's own thread that gives calls up. */
final class Canceller {

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "canceller");
            daemon.setDaemon(true);
            return daemon;
          });

  /** Gives a call up when the app wants that. */
  void plan(Ask ask, Runnable cancellation) {
    int millis = ask.options().cancelMillis();
    if (millis > 0) {
      Future<?> unused = thread.schedule(cancellation, millis, TimeUnit.MILLISECONDS);
    }
  }
}
