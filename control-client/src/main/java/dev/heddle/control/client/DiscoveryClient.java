package dev.heddle.control.client;

import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.snapshot.Mesh;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows hosts at the control service and holds what it says of them. Without a connection what is
 * held stays; on disk it outlives the process.
 */
public final class DiscoveryClient implements AutoCloseable {

  private final ClientIdentity identity;
  private final ClientListener listener;
  private final RandomSource random;
  private final @Nullable LastGoodFile file;
  private final ManagedChannel channel;
  private final ScheduledThreadPoolExecutor thread;
  private final HeldResources held = new HeldResources();
  private final Map<String, CompletableFuture<Void>> waiting = new HashMap<>();
  private final Told told;
  private @Nullable DiscoverySession session;
  private boolean answered;
  private boolean savePlanned;
  private int failures;
  private boolean closed;

  /**
   * A client that connects when it is started. Over TLS it follows whom the mesh trusts, too.
   *
   * @param stateDirectory where the last good configuration is kept, null: nowhere
   */
  public DiscoveryClient(
      ControlEndpoint control,
      ClientIdentity identity,
      @Nullable Path stateDirectory,
      RandomSource random,
      ClientListener listener) {
    this.identity = identity;
    this.listener = listener;
    this.told = new Told(listener);
    this.random = random;
    this.file = stateDirectory == null ? null : new LastGoodFile(stateDirectory);
    this.thread = new TellingExecutor("heddle-discovery", listener::failed);
    this.channel = control.open();
    held.workload().follow(identity.namespace() + '/' + identity.workload());
    if (control.isTls()) {
      held.trust().follow();
    }
  }

  /** Follows the pods of a node, too; to be called before {@link #start}, by its daemon. */
  public void followNode(String name) {
    held.node().follow(name);
  }

  /** Follows what DNS answers for hosts of the mesh; to be called before {@link #start}. */
  public void followNames() {
    held.names().follow();
  }

  /** Reads the last good configuration, then connects; returns at once. */
  public void start() {
    restore();
    connect(); // whatever becomes of the file
  }

  /** Reads the last good configuration alone; returns at once. */
  public void restore() {
    thread.execute(this::load);
  }

  /** Connects; returns at once. */
  public void connect() {
    thread.execute(this::open);
  }

  /**
   * Follows a host as the app names it, in lower case. The future completes when calls to it can be
   * decided: its routes and endpoints are here, the control service knows no such host, or it is
   * not asked as too many are followed. It may never complete; callers bound their patience.
   */
  public CompletableFuture<Void> follow(String host, int port) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    try {
      thread.execute(() -> follow(host, port, answer));
    } catch (RejectedExecutionException e) {
      answer.complete(null); // closed: the app goes on without us
    }
    return answer;
  }

  /** The versions of what is held, by {@code host:port}; of a type of {@code ResourceType}. */
  public CompletableFuture<Map<String, String>> versions(String type) {
    CompletableFuture<Map<String, String>> versions = new CompletableFuture<>();
    run(() -> versions.complete(held.versions(type)));
    return versions;
  }

  private void follow(String host, int port, CompletableFuture<Void> answer) {
    boolean isNew = held.follow(host, port);
    if (held.answered(host, port) || !held.follows(host, port)) {
      answer.complete(null);
      return;
    }
    CompletableFuture<Void> unused =
        waiting
            .computeIfAbsent(Mesh.name(host, port), name -> new CompletableFuture<>())
            .thenRun(() -> answer.complete(null));
    if (isNew && session != null) {
      session.synchronize();
    }
  }

  private void load() {
    if (file == null) {
      return;
    }
    try {
      held.adopt(file.load());
      publish();
    } catch (IOException e) {
      listener.stateFileUnusable(e.toString());
    }
  }

  private void open() {
    if (closed || session != null) {
      return;
    }
    answered = false;
    session = new DiscoverySession(channel, this::run, held, identity, new SessionOwner());
    session.synchronize();
  }

  /** Runs a task on the thread of this client; what comes after its end is of no use. */
  private void run(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      return; // the channel tells of its end as well
    }
  }

  private void reconnectLater() {
    long longest =
        Math.min(
            ClientLimits.LONGEST_RECONNECT_MILLIS,
            ClientLimits.FIRST_RECONNECT_MILLIS << Math.min(failures, 10));
    failures++;
    long pause = 1L + random.nextInt((int) longest);
    channel.enterIdle(); // the next connection is a new one, with the certificate that holds then
    Future<?> unused = thread.schedule(this::open, pause, TimeUnit.MILLISECONDS);
  }

  private void publish() {
    if (told.tell(held)) {
      saveLater();
    }
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              String name = entry.getKey();
              int colon = name.lastIndexOf(':');
              int port = Integer.parseInt(name.substring(colon + 1));
              boolean here = held.answered(name.substring(0, colon), port);
              if (here) {
                entry.getValue().complete(null);
              }
              return here;
            });
  }

  private void saveLater() {
    if (file != null && !savePlanned) {
      savePlanned = true;
      Future<?> unused =
          thread.schedule(this::save, ClientLimits.SAVE_DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void save() {
    savePlanned = false;
    try {
      if (file != null) {
        file.save(held);
      }
    } catch (IOException e) {
      listener.stateFileUnusable(e.toString());
    }
  }

  @Override
  public void close() {
    run(
        () -> {
          closed = true;
          channel.shutdownNow();
          thread.shutdown();
        });
  }

  private final class SessionOwner implements DiscoverySession.Owner {

    @Override
    public void answered(DiscoverySession from) {
      if (from != session) {
        return;
      }
      failures = 0;
      if (!answered) {
        answered = true;
        listener.connected();
      }
      publish();
    }

    @Override
    public void rejected(String reason) {
      listener.rejected(reason);
    }

    @Override
    public void ended(DiscoverySession from, String reason) {
      if (from != session || closed) {
        return;
      }
      session = null;
      if (answered || failures == 0) {
        listener.disconnected(reason);
      }
      answered = false;
      reconnectLater();
    }
  }
}
