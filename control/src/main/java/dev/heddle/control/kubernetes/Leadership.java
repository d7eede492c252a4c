package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which replica does what only one should: the holder of the Lease {@value Names#CONTROL}. One that
 * dies is followed within {@link #LEASE}, one that is stopped at once. For any thread.
 */
public final class Leadership implements AutoCloseable {

  /** client-go's usual times: who could not renew for 10 s stops before another may start. */
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private record Duty(Runnable start, Runnable stop) {}

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final List<Duty> duties = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "heddle-leader");
  private volatile boolean leader;

  /**
   * Takes part once it is started.
   *
   * @param namespace of the Lease
   */
  public Leadership(Connection connection, String namespace) {
    client = connection.client();
    this.namespace = namespace;
    identity = System.getenv().getOrDefault("HOSTNAME", "control") + "-" + UUID.randomUUID();
  }

  /**
   * Runs start whenever this replica comes to lead and stop when it no longer does, one after the
   * other on one thread; to be said before {@link #start}.
   */
  public void whenLeader(Runnable start, Runnable stop) {
    duties.add(new Duty(start, stop));
  }

  /** Whether this replica leads, as far as it knows. */
  public boolean isLeader() {
    return leader;
  }

  /** Takes part from now on. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        term();
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
  }

  /** From waiting for the Lease to losing it. */
  private void term() throws InterruptedException {
    CompletableFuture<Void> won = new CompletableFuture<>();
    CompletableFuture<Void> lost = new CompletableFuture<>();
    CompletableFuture<?> election =
        client.leaderElector().withConfig(config(won, lost)).build().start();
    try {
      await(won);
      leader = true;
      LOG.info("{} leads", identity);
      duties.forEach(duty -> run(duty.start));
      // fabric8 does not end the election itself where the server cannot be told that it is lost
      await(lost);
    } finally {
      election.cancel(true);
      if (leader) {
        leader = false;
        LOG.info("{} no longer leads", identity);
        duties.forEach(duty -> run(duty.stop));
        release();
      }
    }
  }

  /** fabric8 leaves its name there, and others would wait the Lease out. */
  private void release() {
    try {
      client
          .leases()
          .inNamespace(namespace)
          .withName(Names.CONTROL)
          .edit(
              lease -> {
                if (identity.equals(lease.getSpec().getHolderIdentity())) {
                  lease.getSpec().setHolderIdentity("");
                }
                return lease;
              });
    } catch (KubernetesClientException e) {
      LOG.debug("another leads when the Lease has expired", e);
    }
  }

  private LeaderElectionConfig config(CompletableFuture<Void> won, CompletableFuture<Void> lost) {
    return new LeaderElectionConfigBuilder()
        .withName(Names.CONTROL)
        .withLock(new LeaseLock(namespace, Names.CONTROL, identity))
        .withLeaseDuration(LEASE)
        .withRenewDeadline(RENEW_DEADLINE)
        .withRetryPeriod(RETRY)
        .withReleaseOnCancel(true)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> won.complete(null), () -> lost.complete(null), name -> LOG.debug("{}", name)))
        .build();
  }

  private static void await(CompletableFuture<Void> event) throws InterruptedException {
    try {
      event.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an event of an election failed", e);
    }
  }

  private static void run(Runnable duty) {
    try {
      duty.run();
    } catch (RuntimeException e) {
      LOG.error("a duty of the leader failed", e);
    }
  }

  /** Lets another lead at once. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
