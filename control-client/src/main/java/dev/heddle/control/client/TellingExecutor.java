package dev.heddle.control.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One daemon thread that tells what its tasks throw, which the JDK's executor keeps to itself. */
public final class TellingExecutor extends ScheduledThreadPoolExecutor {

  private final Consumer<Throwable> failed;

  /** failed takes what a task throws, on this thread. */
  public TellingExecutor(String threadName, Consumer<Throwable> failed) {
    super(
        1,
        task -> {
          Thread daemon = new Thread(task, threadName);
          daemon.setDaemon(true);
          return daemon;
        });
    this.failed = failed;
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    super.afterExecute(task, thrown);
    if (thrown == null && task instanceof Future && ((Future<?>) task).isDone()) {
      try {
        ((Future<?>) task).get();
      } catch (ExecutionException e) {
        failed.accept(e.getCause());
      } catch (CancellationException e) {
        return; // it was meant not to run
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
