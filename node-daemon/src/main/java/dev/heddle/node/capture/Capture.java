package dev.heddle.node.capture;

import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.NetworkNamespace;
import dev.heddle.init.linux.UnixSocket;
import dev.heddle.node.capture.Journal.Entry;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.pod.QueryServer;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Capture put together: pods in, by hand-over or from before a crash, and their connections. */
public final class Capture implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");

  /** A pod that control does not name holds its network devices no longer than this. */
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final EventLoopGroup loops;
  private final CaptureLimits limits;
  private final CaptureCounts counts = new CaptureCounts();
  private final NetworkNamespace home;
  private final CapturedPods pods;
  private final PodOpening opening;
  private final Journal journal;

  /** Writes the journal and looks after pods: disk and system calls stay off the event loops. */
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heddle-pods").daemon().factory());

  private volatile @Nullable HandoverServer handovers;
  private volatile boolean draining;

  private Capture(
      CaptureConfiguration settings,
      EventLoopGroup loops,
      PodRegistry registry,
      ConnectionServer outbound,
      ConnectionServer inbound,
      QueryServer queries,
      Consumer<Pod> left)
      throws IOException {
    this.loops = loops;
    this.limits = settings.limits();
    this.home = NetworkNamespace.own();
    this.journal = new Journal(Files.createDirectories(settings.state()));
    this.pods = new CapturedPods(home, limits.pods(), this::changed);
    this.opening =
        new PodOpening(
            home,
            loops,
            registry,
            new PodListeners(loops, outbound, inbound, queries),
            pods,
            limits,
            new Admission(limits, counts),
            left);
  }

  /**
   * Takes back the pods of the daemon before this one, then takes new ones.
   *
   * @param loops serve all pods; epoll's
   * @param left told of each pod whose sockets are closed
   * @throws IOException where the socket or the state cannot be had
   */
  public static Capture start(
      CaptureConfiguration settings,
      EventLoopGroup loops,
      PodRegistry registry,
      ConnectionServer outbound,
      ConnectionServer inbound,
      QueryServer queries,
      Consumer<Pod> left)
      throws IOException {
    initialiseNetty();
    Capture capture = new Capture(settings, loops, registry, outbound, inbound, queries, left);
    try {
      capture.recover();
      capture.handovers =
          HandoverServer.start(
              settings.socket(), loops, settings.limits().handovers(), capture::session);
    } catch (IOException e) {
      capture.close();
      throw e;
    }
    capture.keeper.scheduleWithFixedDelay(
        capture.pods::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    return capture;
  }

  /** Whether a daemon takes pods at a path now, so that the next one takes over from it. */
  public static boolean isServed(Path socket) {
    try (Descriptor connection = UnixSocket.connect(socket, Duration.ofSeconds(1))) {
      return connection.number() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** What is initialised first inside a pod's namespace would look at the wrong network. */
  private static void initialiseNetty() throws IOException {
    Epoll.ensureAvailability();
    DefaultChannelId.newInstance();
    new EpollSocketChannel().fd().close();
    new EpollServerSocketChannel().fd().close();
    new EpollDatagramChannel().fd().close();
  }

  private HandoverSession session() {
    return new HandoverSession(opening, pods, limits, counts);
  }

  private void changed(Collection<CapturedPod> now) {
    if (draining) {
      return; // what leaves now is still captured, for the next daemon
    }
    List<Entry> entries = now.stream().map(Entry::of).toList();
    keeper.execute(
        () -> {
          HandoverServer server = handovers;
          if (server != null && !server.isCurrent()) {
            return; // the next daemon writes by now
          }
          try {
            journal.write(entries);
          } catch (IOException e) {
            LOG.error(
                "cannot write which pods are captured; a crash would lose them: {}", e.toString());
          }
        });
  }

  /** Waits for those that are still there, all at once. */
  private void recover() throws IOException {
    List<CompletableFuture<?>> recovered = journal.read().stream().map(this::recover).toList();
    CompletableFuture.allOf(recovered.toArray(CompletableFuture[]::new)).join();
  }

  private CompletableFuture<?> recover(Entry entry) {
    Optional<NetworkNamespace> found = LiveNamespaces.find(entry.inode());
    if (found.isEmpty()) {
      LOG.info("{} has left meanwhile", entry.request().pod());
      return CompletableFuture.completedFuture(null);
    }
    var loop = loops.next();
    return CompletableFuture.supplyAsync(
            () -> opening.open(entry.request(), found.get(), loop), loop)
        .thenCompose(opened -> opened)
        .thenAccept(pods::captured)
        .exceptionally(
            failure -> {
              LOG.warn("{} is not taken back: {}", entry.request().pod(), failure.getMessage());
              return null;
            });
  }

  /** For metrics. */
  public CaptureCounts counts() {
    return counts;
  }

  /** For the admin pages. */
  public List<PodStatus> pods() {
    return pods.all().stream()
        .map(
            pod ->
                new PodStatus(
                    pod.name().toString(),
                    pod.workload().identity().toString(),
                    pod.sockets().namespace().inode(),
                    pod.request().toLine(),
                    pod.open().get()))
        .toList();
  }

  /** Takes nothing new, and tells connections to come to an end; they have until close. */
  public void drain() {
    draining = true;
    HandoverServer server = handovers;
    if (server != null) {
      server.close();
    }
    for (CapturedPod pod : pods.all()) {
      pod.stopListening();
      for (Channel channel : pod.sockets().channels()) {
        if (channel instanceof SocketChannel && channel.isRegistered()) {
          channel.pipeline().fireUserEventTriggered(Draining.SOFT);
        }
      }
    }
  }

  /** Ends all that is open; what was captured is written down for the next daemon. */
  @Override
  public void close() {
    draining = true;
    HandoverServer server = handovers;
    if (server != null) {
      server.close();
    }
    keeper.shutdown();
    pods.close();
    home.close();
  }
}
