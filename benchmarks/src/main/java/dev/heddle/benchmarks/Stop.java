package dev.heddle.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens at Ctrl-C: the measurement is interrupted, so that it closes what it opened, and
 * whatever it could not close is killed.
 */
record Stop(Thread measuring, CountDownLatch over) implements Runnable {

  /** Longer than the processes of a measurement are given to end by themselves. */
  private static final long CLOSING_SECONDS = 15;

  @Override
  public void run() {
    if (over.getCount() > 0) {
      measuring.interrupt();
      try {
        boolean unused = over.await(CLOSING_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
