package dev.heddle.node.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.apply.Netns;
import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.Handover;
import dev.heddle.init.handover.HandoverException;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.NetnsTest;
import dev.heddle.init.linux.Pods;
import dev.heddle.init.linux.TcpSocket;
import dev.heddle.init.linux.TestDaemon;
import dev.heddle.init.linux.UnixSocket;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.node.dns.DnsServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods handed over to capture, their connections, and how they leave. */
@NetnsTest
final class CaptureIT {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final OptionalInt UNMARKED = OptionalInt.empty();
  private static final CaptureLimits LIMITS =
      new CaptureLimits(
          2, 3, 6, 8, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(20));
  private static final String POD = "shop/reviews";

  @TempDir private Path directory;
  private final TestPods control = new TestPods();
  private Pods pods;
  private EventLoopGroup loops;
  private Capture capture;

  @BeforeEach
  void start() throws Exception {
    pods = new Pods("capture");
    loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    control.add(POD, Pods.POD4, Pods.POD6);
    capture = daemon(TellingServer.tells("out"));
  }

  @AfterEach
  void stop() throws Exception {
    capture.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    pods.delete();
  }

  @ParameterizedTest
  @CsvSource({"10.79.0.1", "fd79::1"})
  void whatThePodCallsReachesTheOutboundServerWithItsDestination(String peer) throws Exception {
    captured();
    try (Descriptor call = pods.pod(() -> TcpSocket.connect(at(peer, 9000), UNMARKED, WAIT))) {
      assertThat(TestDaemon.line(call)).isEqualTo("out " + text(peer) + " 9000");
    }
  }

  @ParameterizedTest
  @CsvSource({"10.79.0.2", "fd79::2"})
  void whoCallsThePodReachesTheInboundServerWithItsDestination(String pod) throws Exception {
    captured();
    try (Descriptor call = pods.peer(() -> TcpSocket.connect(at(pod, 8080), UNMARKED, WAIT))) {
      assertThat(TestDaemon.line(call)).isEqualTo("in " + text(pod) + " 8080");
    }
  }

  @ParameterizedTest
  @CsvSource({"10.79.0.1, 0.0.0.0", "fd79::1, ::"})
  void connectionsOfTheDaemonLeaveThePodUnredirected(String peer, String any) throws Exception {
    capture.close();
    capture = daemon(TellingServer.relays());
    captured();
    try (Descriptor server = pods.peer(() -> TcpSocket.listen(at(any, 9000), WAIT));
        Descriptor call = pods.pod(() -> TcpSocket.connect(at(peer, 9000), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(server)) {
      accepted.send("from afar\n");
      assertThat(TestDaemon.line(call)).isEqualTo("from afar");
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 15001", "::1, 15006"})
  void aConnectionToTheListenerItselfIsClosed(String loopback, int port) throws Exception {
    captured();
    try (Descriptor call = pods.pod(() -> TcpSocket.connect(at(loopback, port), UNMARKED, WAIT))) {
      assertThat(call.receive(1)).isEmpty();
    }
    assertThat(capture.counts().notRedirected()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"198.51.100.1", "2001:db8::1"})
  void queriesGoToThePodsResolverAndAnswersComeFromWhomWasAsked(String asked) throws Exception {
    captured();
    byte[] query = "ID0123456789 who?".getBytes(StandardCharsets.US_ASCII);
    byte[] answer = "ID0123456789 it is".getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket resolver = pods.peer(() -> new DatagramSocket(at(Pods.PEER4, 53)));
        DatagramSocket app = pods.pod(() -> new DatagramSocket(null))) {
      app.connect(at(asked, 53));
      app.send(new DatagramPacket(query, query.length));
      DatagramPacket got = new DatagramPacket(new byte[64], 64);
      resolver.setSoTimeout((int) WAIT.toMillis());
      resolver.receive(got);
      assertThat(Arrays.copyOf(got.getData(), got.getLength())).isEqualTo(query);
      resolver.send(new DatagramPacket(answer, answer.length, got.getSocketAddress()));
      app.setSoTimeout((int) WAIT.toMillis());
      app.receive(got);
      assertThat(Arrays.copyOf(got.getData(), got.getLength())).isEqualTo(answer);
    }
  }

  @Test
  void aHandoverThatIsNotBroughtToItsEndLeavesNothing() throws Exception {
    long before = descriptors();
    Handover handover = Handover.open(socket(), pods.path(), request(), WAIT);
    pods.pod(() -> TcpSocket.connect(at("127.0.0.1", 15_001), UNMARKED, WAIT)).close();
    handover.close();
    until(() -> capture.counts().refused() == 1 && control.leased().isEmpty());
    until(() -> descriptors() == before);
    assertThatThrownBy(
            () -> pods.pod(() -> TcpSocket.connect(at("127.0.0.1", 15_001), UNMARKED, WAIT)))
        .hasMessageContaining("refused");
    assertThat(capture.pods()).isEmpty();
  }

  @Test
  void aPodThatControlDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> handOver("shop/ratings"))
        .isInstanceOf(HandoverException.class)
        .hasMessageContaining(
            "refused: pod shop/ratings: control did not say within 2000 ms that it is on this"
                + " node");
  }

  @Test
  void aPodThatIsNotAtItsAddressesIsRefused() {
    control.add("shop/ratings", Pods.POD4, Pods.PEER4);
    assertThatThrownBy(() -> handOver("shop/ratings"))
        .hasMessageContaining(
            "refused: pod shop/ratings has the address 10.79.0.1 as control says");
    assertThat(control.leased()).isEmpty();
  }

  @Test
  void theNodeItselfIsRefused() {
    assertThatThrownBy(() -> Handover.open(socket(), Path.of("/proc/self/ns/net"), request(), WAIT))
        .hasMessageContaining("refused: shop/reviews is in the node's own network namespace");
  }

  @Test
  void whatIsNoNetworkNamespaceIsRefused() {
    assertThatThrownBy(() -> Handover.open(socket(), Path.of("/dev/null"), request(), WAIT))
        .hasMessageContaining("refused: the descriptor leads to no namespace");
  }

  @Test
  void moreThanTheLimitOfPodsAreRefused() throws Exception {
    control.add("shop/one", Pods.POD4);
    control.add("shop/two", Pods.POD4);
    captured();
    handOver("shop/one");
    assertThatThrownBy(() -> handOver("shop/two")).hasMessageContaining("\"full: 2 of 2 pods\"");
    control.remove("shop/one");
    until(() -> capture.pods().size() == 1);
    handOver("shop/two");
  }

  @Test
  void whatIsNoRequestIsRefusedWithTheReason() throws Exception {
    try (Descriptor session = greeted()) {
      session.send("capture pod=shop/reviews inbound=0\n");
      assertThat(TestDaemon.line(session)).startsWith("refused: ");
    }
    try (Descriptor session = greeted()) {
      session.send("x".repeat(600));
      assertThat(TestDaemon.line(session)).isEqualTo("refused: a line of more than 512 bytes");
    }
    try (Descriptor session = greeted()) {
      session.send(request().toLine() + "\n");
      assertThat(TestDaemon.line(session)).isEqualTo("listening");
      session.send("hello\n");
      assertThat(TestDaemon.line(session)).startsWith("refused: \"hello\" is not what is to be");
    }
    try (Descriptor session = greeted()) {
      assertThat(TestDaemon.line(session)).isEqualTo("refused: nothing came within 2000 ms");
    }
    try (Descriptor session = UnixSocket.connect(socket(), WAIT)) {
      session.send("no descriptor");
      assertThat(TestDaemon.line(session)).isIn("<closed>", "refused: nothing came within 2000 ms");
    }
    until(() -> control.leased().isEmpty());
  }

  @Test
  void aPodThatLeavesTakesItsConnectionsAlong() throws Exception {
    long before = descriptors();
    captured();
    try (Descriptor call =
        pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT))) {
      assertThat(TestDaemon.line(call)).startsWith("out");
      control.remove(POD);
      assertThat(TestDaemon.line(call)).isEqualTo("<closed>");
    }
    until(() -> descriptors() == before);
    assertThat(capture.pods()).isEmpty();
    assertThat(control.leased()).isEmpty();
  }

  @Test
  void aPodWhoseAddressesAreGoneHasLeft() throws Exception {
    captured();
    pods.run("ip", "link", "del", "eth0");
    until(() -> capture.pods().isEmpty() && control.leased().isEmpty());
  }

  @Test
  void tooManyConnectionsOfAPodAreResetWhereNoneIsIdle() throws Exception {
    captured();
    Descriptor[] calls = new Descriptor[LIMITS.connectionsPerPod()];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT));
      assertThat(TestDaemon.line(calls[i])).startsWith("out");
    }
    try (Descriptor more =
        pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT))) {
      assertThatThrownBy(() -> TestDaemon.line(more)).hasMessageContaining("reset");
    }
    assertThat(capture.counts().shed()).isEqualTo(1);
    for (Descriptor call : calls) {
      call.close();
    }
    until(() -> capture.counts().open() == 0);
    try (Descriptor again =
        pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT))) {
      assertThat(TestDaemon.line(again)).startsWith("out");
    }
  }

  @Test
  void theNextDaemonFindsThePodAgain() throws Exception {
    captured();
    until(() -> Files.exists(directory.resolve("state/pods")));
    capture.close(); // the journal stays as after a crash
    capture = daemon(TellingServer.tells("next"));
    assertThat(capture.pods()).extracting(PodStatus::name).containsExactly(POD);
    try (Descriptor call =
        pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT))) {
      assertThat(TestDaemon.line(call)).startsWith("next");
    }
  }

  @Test
  void theNextDaemonTakesOverWhileThisOneRuns() throws Exception {
    captured();
    until(() -> Files.exists(directory.resolve("state/pods")));
    try (Capture next = daemon(TellingServer.tells("next"))) {
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        if (i == 50) {
          capture.drain();
        }
        try (Descriptor call =
            pods.pod(() -> TcpSocket.connect(at(Pods.PEER4, 9000), UNMARKED, WAIT))) {
          answers.add(TestDaemon.line(call).split(" ", 2)[0]);
        }
      }
      assertThat(answers).containsOnly("out", "next").endsWith("next");
      assertThat(answers.subList(0, 50)).contains("out");
      assertThat(Files.exists(socket())).isTrue();
      assertThat(next.pods()).hasSize(1);
    }
  }

  private Capture daemon(TellingServer outbound) throws IOException {
    return Capture.start(
        new CaptureConfiguration(socket(), directory.resolve("state"), LIMITS),
        loops,
        control,
        outbound,
        TellingServer.tells("in"),
        new DnsServer(),
        pod -> {});
  }

  private Path socket() {
    return directory.resolve("node.sock");
  }

  private static CaptureRequest request() {
    return request(POD);
  }

  private static CaptureRequest request(String pod) {
    return CaptureRequest.of(PodName.parse(pod), CaptureSettings.DEFAULT)
        .withResolvers(List.of(InetAddress.ofLiteral(Pods.PEER4)));
  }

  private void captured() throws Exception {
    handOver(POD);
  }

  /** As init does it, from outside of the pod. */
  private void handOver(String pod) throws Exception {
    try (Handover handover = Handover.open(socket(), pods.path(), request(pod), WAIT)) {
      new dev.heddle.init.apply.Capture(Netns.at(pods.path()), Optional.empty())
          .install(CaptureSettings.DEFAULT);
      handover.commit();
    }
  }

  private Descriptor greeted() throws Exception {
    Descriptor session = UnixSocket.connect(socket(), WAIT);
    try (Descriptor namespace = Descriptor.open(pods.path())) {
      UnixSocket.send(session, Handover.WITH_DESCRIPTOR, namespace);
    }
    assertThat(TestDaemon.line(session)).isEqualTo(Handover.GREETING);
    return session;
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static String text(String address) {
    return InetAddress.ofLiteral(address).getHostAddress();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(1);
    }
  }
}
