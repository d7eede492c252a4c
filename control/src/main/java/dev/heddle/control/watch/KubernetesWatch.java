package dev.heddle.control.watch;

import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.MeshSettings;
import dev.heddle.control.kubernetes.RuleStatus;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the API server of a cluster: changes that come together become one state, told on one
 * thread.
 */
public final class KubernetesWatch implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatch.class);

  /** Quiet time after a change, so that a kubectl apply of several objects is one state. */
  private static final long SETTLE_MILLIS = 20;

  /** A change is told after this time even while others keep coming. */
  private static final long MAX_DEBOUNCE_MILLIS = 50;

  /** So often the server is asked which kinds it has: so late is a new definition noticed. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** While lists are still being read it is said so often which. */
  private static final Duration TELL = Duration.ofSeconds(10);

  private static final Duration SYNC_POLL = Duration.ofMillis(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ConfigListener listener;
  private final Semaphore changes = new Semaphore(0);
  private final ClusterContent content = new ClusterContent(changes::release);
  private final KindWatches kinds;
  private final Thread teller = new Thread(this::follow, "heddle-watch");
  private final Thread looker = new Thread(this::lookAgain, "heddle-kinds");
  private String lastFailure = "";

  private KubernetesWatch(Connection connection, ConfigListener listener, RuleStatus status) {
    this.listener = listener;
    kinds = new KindWatches(connection.client(), content, status);
  }

  /**
   * Reads all there is, tells the listener, then follows it. Waits as long as that takes; meanwhile
   * it is logged what is missing. IOException if told to stop.
   *
   * @param namespace of Heddle's own objects
   * @param started the settings that this process runs with
   * @param status told what each rule is found to be
   */
  public static KubernetesWatch start(
      Connection connection,
      String namespace,
      MeshSettings started,
      RuleStatus status,
      ConfigListener listener)
      throws IOException {
    KubernetesWatch watch = new KubernetesWatch(connection, listener, status);
    try {
      watch.kinds.start(namespace, started);
      while (!watch.look()) {
        Thread.sleep(RETRY);
      }
      watch.awaitLists();
      watch.changes.drainPermits();
      watch.tell();
      watch.teller.start();
      watch.looker.start();
      return watch;
    } catch (InterruptedException e) {
      watch.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("told to stop before all of the cluster was read");
    } catch (RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  private void awaitLists() throws InterruptedException {
    long tell = System.nanoTime() + TELL.toNanos();
    List<String> unread = kinds.unread();
    while (!unread.isEmpty()) {
      if (System.nanoTime() > tell) {
        LOG.warn("still reading {} {}", unread, content.failures());
        tell += TELL.toNanos();
      }
      Thread.sleep(SYNC_POLL);
      unread = kinds.unread();
    }
  }

  private void follow() {
    try {
      while (true) {
        changes.acquire();
        long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_DEBOUNCE_MILLIS);
        while (System.nanoTime() < latest
            && changes.tryAcquire(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
          changes.drainPermits();
        }
        changes.drainPermits();
        tell();
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
  }

  private void tell() {
    try {
      ConfigSnapshot next = content.snapshot();
      listener.changed(next.state(), next.problems());
    } catch (RuntimeException e) {
      // The watch must outlive any one change; the state before stays in force.
      LOG.error("a change of the cluster could not be taken, what was there before holds", e);
    }
  }

  private void lookAgain() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
        kinds.tellHealth();
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
  }

  /** Whether the server said which kinds it has. A failure that lasts is told once. */
  private boolean look() {
    try {
      kinds.look();
      lastFailure = "";
      return true;
    } catch (RuntimeException e) { // whatever it is, the next look may fare better
      String failure = e.toString();
      if (!failure.equals(lastFailure)) {
        LOG.warn("the API server does not say which kinds it has: {}", failure);
        lastFailure = failure;
      }
      return false;
    }
  }

  @Override
  public void close() {
    teller.interrupt();
    looker.interrupt();
    kinds.close();
  }
}
