package dev.heddle.node.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.Handover;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.linux.NetnsTest;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.node.dns.DnsServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods that come and go for as long as a node runs. */
@NetnsTest
final class PodCyclesIT {

  private static final int CYCLES = 1_000;
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final String ADDRESS = "10.79.0.9";

  @TempDir private Path directory;
  private final TestPods control = new TestPods();

  @Test
  void nothingIsLeftOfAThousandPodsThatCameAndWent() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    try (Capture capture = start(loops)) {
      comeAndGo(capture);
      long before = descriptors();
      for (int i = 1; i < CYCLES; i++) {
        comeAndGo(capture);
      }
      until(() -> descriptors() <= before);
      assertThat(capture.counts().captured()).isEqualTo(CYCLES);
      assertThat(control.leased()).isEmpty();
    } finally {
      loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  private Capture start(EventLoopGroup loops) throws IOException {
    return Capture.start(
        new CaptureConfiguration(
            directory.resolve("node.sock"),
            directory.resolve("state"),
            CaptureLimits.within(descriptors() + 100_000)),
        loops,
        control,
        TellingServer.tells("out"),
        TellingServer.tells("in"),
        new DnsServer(),
        pod -> {});
  }

  private void comeAndGo(Capture capture) throws Exception {
    String netns = "hc" + ProcessHandle.current().pid();
    ip("ip netns add " + netns);
    try {
      ip("ip -n " + netns + " link set lo up"); // DNS is answered at 127.0.0.1
      ip("ip -n " + netns + " address add " + ADDRESS + "/32 dev lo");
      control.add("shop/reviews", ADDRESS);
      PodName name = PodName.parse("shop/reviews");
      Path socket = directory.resolve("node.sock");
      try (Handover handover =
          Handover.open(
              socket,
              Path.of("/run/netns", netns),
              CaptureRequest.of(name, CaptureSettings.DEFAULT)
                  .withResolvers(List.of(InetAddress.ofLiteral(ADDRESS))),
              WAIT)) {
        handover.commit();
      }
      assertThat(capture.pods()).hasSize(1);
    } finally {
      ip("ip netns del " + netns);
    }
    control.remove("shop/reviews");
    until(() -> capture.pods().isEmpty());
  }

  private static void ip(String words) throws Exception {
    Process process = new ProcessBuilder(List.of(words.split(" ", -1))).inheritIO().start();
    assertThat(process.waitFor()).as(words).isZero();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + WAIT.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(1);
    }
  }
}
