package dev.heddle.init.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.apply.Backend;
import dev.heddle.init.apply.Capture;
import dev.heddle.init.apply.Netns;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.TrafficSelection;
import dev.heddle.init.ruleset.TrafficSetting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What really happens to packets, on both backends and in both families. */
@NetnsTest
final class TrafficIT {

  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final OptionalInt UNMARKED = OptionalInt.empty();
  private static final OptionalInt MARKED = OptionalInt.of(0x539);
  private static final int OUTBOUND = 15_001;
  private static final int INBOUND = 15_006;

  private Pods pods;

  @BeforeEach
  void makePod() throws Exception {
    pods = new Pods("traffic");
  }

  @AfterEach
  void deletePod() throws Exception {
    pods.delete();
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void callsOfThePodReachTheDaemonAndKeepWhatTheyWereMeantFor(Backend backend, int family)
      throws Exception {
    install(backend, Map.of());
    try (Descriptor daemon = listenInPod(family, OUTBOUND);
        Descriptor call =
            pods.pod(() -> TcpSocket.connect(Pods.peer(family, 9000), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(daemon)) {
      assertThat(TcpSocket.originalDestination(accepted, family == 6))
          .isEqualTo(Pods.peer(family, 9000));
      call.send("hello\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void theDaemonsOwnCallsPass(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    try (Descriptor server = listenOnPeer(family, 9000);
        Descriptor call = pods.pod(() -> TcpSocket.connect(Pods.peer(family, 9000), MARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(server)) {
      call.send("marked\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("marked");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void excludedPortsAndRangesPass(Backend backend, int family) throws Exception {
    install(backend, Map.of(TrafficSetting.EXCLUDE_OUTBOUND_PORTS, "9000-9001"));
    passesToPeer(family, 9001);
    install(backend, Map.of(TrafficSetting.EXCLUDE_OUTBOUND_RANGES, "10.79.0.0/24,fd79::/64"));
    passesToPeer(family, 9002);
    install(backend, Map.of(TrafficSetting.INCLUDE_OUTBOUND_RANGES, "192.0.2.0/24"));
    passesToPeer(family, 9003);
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void callsToThePodReachTheDaemonAndKeepWhatTheyWereMeantFor(Backend backend, int family)
      throws Exception {
    install(backend, Map.of());
    try (Descriptor daemon = listenInPod(family, INBOUND);
        Descriptor call = pods.peer(() -> TcpSocket.connect(Pods.pod(family, 8080), MARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(daemon)) {
      assertThat(TcpSocket.originalDestination(accepted, family == 6))
          .isEqualTo(Pods.pod(family, 8080));
      call.send("a mark from outside says nothing\n");
      assertThat(TestDaemon.line(accepted)).startsWith("a mark");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void excludedInboundPortsAndSourcesReachTheApp(Backend backend, int family) throws Exception {
    install(backend, Map.of(TrafficSetting.EXCLUDE_INBOUND_PORTS, "8080"));
    reachesApp(family, 8080);
    install(backend, Map.of(TrafficSetting.EXCLUDE_INBOUND_RANGES, Pods.PEER4 + "," + Pods.PEER6));
    reachesApp(family, 8081);
    install(backend, Map.of(TrafficSetting.INCLUDE_INBOUND_PORTS, "80"));
    reachesApp(family, 8082);
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void thePodCallsItselfWithoutTheDaemon(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    for (String self :
        family == 4 ? new String[] {"127.0.0.1", Pods.POD4} : new String[] {"::1", Pods.POD6}) {
      InetSocketAddress app = Pods.at(self, 8080);
      try (Descriptor server = listenInPod(family, 8080);
          Descriptor call = pods.pod(() -> TcpSocket.connect(app, UNMARKED, WAIT));
          Descriptor accepted = TcpSocket.accept(server)) {
        call.send(self + "\n");
        assertThat(TestDaemon.line(accepted)).isEqualTo(self);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void theDaemonCallsTheAppFromTheAddressOfTheRealClient(Backend backend, int family)
      throws Exception {
    install(backend, Map.of());
    try (Descriptor app = listenInPod(family, 8080);
        Descriptor call = pods.pod(() -> connectAs(Pods.peer(family, 0), Pods.pod(family, 8080)));
        Descriptor accepted = TcpSocket.accept(app)) {
      call.send("from afar\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("from afar");
      accepted.send("and back\n");
      assertThat(TestDaemon.line(call)).isEqualTo("and back");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "LEGACY, 6"})
  void afterCleaningNothingIsCaptured(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    new Capture(Netns.at(pods.path()), Optional.empty()).remove();
    passesToPeer(family, 9000);
    reachesApp(family, 8080);
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "LEGACY, 6"})
  void withoutADaemonCapturedCallsAreRefusedAtOnce(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    assertThatThrownBy(
            () -> pods.pod(() -> TcpSocket.connect(Pods.peer(family, 9000), UNMARKED, WAIT)))
        .hasMessageContaining("refused");
  }

  private void install(Backend backend, Map<TrafficSetting, String> said) throws Exception {
    TrafficSelection selection = new TrafficSelection(said);
    CaptureSettings all = CaptureSettings.DEFAULT;
    CaptureSettings settings =
        new CaptureSettings(
            all.inboundPort(),
            all.outboundPort(),
            all.dnsPort(),
            all.mark(),
            all.families(),
            selection.inbound(),
            selection.outbound());
    new Capture(Netns.at(pods.path()), Optional.of(backend)).install(settings);
  }

  private void passesToPeer(int family, int port) throws Exception {
    try (Descriptor server = listenOnPeer(family, port);
        Descriptor call =
            pods.pod(() -> TcpSocket.connect(Pods.peer(family, port), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(server)) {
      call.send("straight\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("straight");
    }
  }

  private void reachesApp(int family, int port) throws Exception {
    try (Descriptor app = listenInPod(family, port);
        Descriptor call =
            pods.peer(() -> TcpSocket.connect(Pods.pod(family, port), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(app)) {
      call.send("straight\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("straight");
    }
  }

  private Descriptor listenInPod(int family, int port) throws Exception {
    return pods.pod(() -> TcpSocket.listen(Pods.any(family, port), WAIT));
  }

  private Descriptor listenOnPeer(int family, int port) throws Exception {
    return pods.peer(() -> TcpSocket.listen(Pods.any(family, port), WAIT));
  }

  /** A socket with an address that is not its host's (IP_TRANSPARENT), as the daemon has them. */
  private static Descriptor connectAs(InetSocketAddress client, InetSocketAddress app)
      throws ErrnoException {
    boolean four = client.getAddress().getAddress().length == 4;
    return TcpSocket.open(
        app.getAddress(),
        (socket, arena) -> {
          socket.limit(WAIT);
          socket.set(Descriptor.SOL_SOCKET, 36, 0x539);
          socket.set(four ? 0 : 41, four ? 19 : 75, 1);
          SystemCall.BIND.call(socket.number(), TcpSocket.encode(arena, client).address(), 28);
          SystemCall.CONNECT.call(socket.number(), TcpSocket.encode(arena, app).address(), 28);
        });
  }
}
