package dev.heddle.node;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.node.admin.CaptureMetrics;
import dev.heddle.node.admin.Counters;
import dev.heddle.node.admin.MetricsPage;
import dev.heddle.node.admin.PageServer;
import dev.heddle.node.admin.Reply;
import dev.heddle.node.capture.Capture;
import dev.heddle.node.capture.CaptureConfiguration;
import dev.heddle.node.capture.CaptureLimits;
import dev.heddle.node.workload.NodeControl;
import dev.heddle.policy.balance.RandomSource;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The node daemon put together: pods in, their connections served, pages about them out. */
final class Daemon implements AutoCloseable {

  private static final long DRAIN_STEP_MILLIS = 20;

  /** Closing sockets takes no longer; what still runs then is lost with the process. */
  private static final long LOOPS_MILLIS = 2_000;

  private final NodeSettings settings;
  private final EventLoopGroup loops;
  private final NodeControl control;
  private final Servers servers;
  private final ControlledPods pods;
  private final Capture capture;
  private final Pages pages;
  private final int[] ports;
  private volatile boolean warm;
  private volatile boolean draining;

  private Daemon(NodeSettings settings, boolean successor) throws IOException {
    this.settings = settings;
    RandomSource random = bound -> ThreadLocalRandom.current().nextInt(bound);
    loops = new MultiThreadIoEventLoopGroup(settings.threads(), EpollIoHandler.newFactory());
    control = NodeControl.start(settings.control(), new LogOfMesh(), random);
    servers = new Servers(random, settings.state().resolve("tls"), accessLog(settings));
    pages = new Pages(successor);
    pods = new ControlledPods(control.pods()::find, control.workloads()::acquire, servers::forget);
    control.pods().onChange(pods::changed);
    Capture captured = null;
    try {
      captured = capture();
      ports = pages(captured);
      capture = captured;
      warmUp(random);
    } catch (IOException | RuntimeException e) {
      closeAll(captured);
      throw e;
    }
  }

  /** Pods of before a restart are served already. */
  private void warmUp(RandomSource random) {
    if (!settings.warmUp().isZero()) {
      Rehearsal.run(
          loops, new Servers(random, settings.state().resolve("tls"), null), settings.warmUp());
    }
    warm = true;
  }

  /** Starts everything or nothing. */
  static Daemon start(NodeSettings settings) throws IOException {
    return new Daemon(settings, Capture.isServed(settings.socket()));
  }

  private Capture capture() throws IOException {
    return Capture.start(
        new CaptureConfiguration(
            settings.socket(), settings.state(), CaptureLimits.within(descriptors())),
        loops,
        pods,
        servers.outbound(),
        servers.inbound(),
        servers.queries(),
        servers::forget);
  }

  private static @Nullable AccessLog accessLog(NodeSettings settings) throws IOException {
    String file = settings.accessLog();
    return file == null ? null : AccessLog.open(file);
  }

  /** What the process may have open; the JVM has raised it to what it was allowed. */
  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private int[] pages(Capture captured) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    Counters counters = new Counters(registry);
    CaptureMetrics.register(captured.counts(), () -> captured.pods().size(), counters);
    servers.register(counters);
    PageServer.Page alive = () -> Reply.text(200, "ok\n");
    PageServer.Page ready =
        () -> {
          if (draining) {
            return Reply.text(503, "draining\n");
          }
          return warm ? Reply.text(200, "ready\n") : Reply.text(503, "warming up\n");
        };
    return new int[] {
      pages.open(
          "--admin",
          settings.admin(),
          AdminPages.of(captured::pods, pods::workloads, Logging.root())),
      pages.open("--metrics", settings.metrics(), Map.of("/metrics", new MetricsPage(registry))),
      pages.open("--ready", settings.ready(), Map.of("/ready", ready, "/healthz", alive))
    };
  }

  int adminPort() {
    return ports[0];
  }

  int metricsPort() {
    return ports[1];
  }

  int readyPort() {
    return ports[2];
  }

  /** Takes nothing new, lets what is open come to an end, then ends it. */
  @Override
  public void close() {
    draining = true;
    capture.drain();
    long deadline = System.nanoTime() + settings.drain().toNanos();
    while (capture.counts().open() > 0 && System.nanoTime() < deadline) {
      pause();
    }
    closeAll(capture);
  }

  private static void pause() {
    try {
      Thread.sleep(DRAIN_STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAll(@Nullable Capture captured) {
    pages.close();
    if (captured != null) {
      captured.close();
    }
    servers.close();
    control.close();
    loops.shutdownGracefully(0, LOOPS_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
