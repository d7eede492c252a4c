package dev.heddle.init.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.apply.Backend;
import dev.heddle.init.apply.Capture;
import dev.heddle.init.apply.Netns;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.TrafficSelection;
import dev.heddle.init.ruleset.TrafficSetting;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
  private static final int DNS = 15_053;

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
        Descriptor call = pods.pod(() -> TcpSocket.connect(peer(family, 9000), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(daemon)) {
      assertThat(TcpSocket.originalDestination(accepted, family == 6))
          .isEqualTo(peer(family, 9000));
      call.send("hello\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void theDaemonsOwnCallsPass(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    try (Descriptor server = listenOnPeer(family, 9000);
        Descriptor call = pods.pod(() -> TcpSocket.connect(peer(family, 9000), MARKED, WAIT));
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
        Descriptor call = pods.peer(() -> TcpSocket.connect(pod(family, 8080), MARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(daemon)) {
      assertThat(TcpSocket.originalDestination(accepted, family == 6)).isEqualTo(pod(family, 8080));
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
      InetSocketAddress app = new InetSocketAddress(InetAddress.ofLiteral(self), 8080);
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
        Descriptor call = pods.pod(() -> connectAs(peer(family, 0), pod(family, 8080)));
        Descriptor accepted = TcpSocket.accept(app)) {
      call.send("from afar\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("from afar");
      accepted.send("and back\n");
      assertThat(TestDaemon.line(call)).isEqualTo("and back");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void queriesReachTheDaemonAndAnswersComeFromWhomWasAsked(Backend backend, int family)
      throws Exception {
    install(backend, Map.of());
    String loopback = family == 4 ? "127.0.0.1" : "::1";
    try (DatagramSocket daemon = pods.pod(() -> new DatagramSocket(at(loopback, DNS)));
        DatagramSocket app = pods.pod(() -> connected(peer(family, 53)))) {
      send(app, "who?");
      DatagramPacket query = receive(daemon);
      assertThat(text(query)).isEqualTo("who?");
      daemon.send(new DatagramPacket(bytes("it is"), 5, query.getSocketAddress()));
      assertThat(text(receive(app))).isEqualTo("it is");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void aQueryOfTheDaemonFromAPortThatThePodUsedPasses(Backend backend, int family)
      throws Exception {
    install(backend, Map.of());
    String loopback = family == 4 ? "127.0.0.1" : "::1";
    try (DatagramSocket daemon = pods.pod(() -> new DatagramSocket(at(loopback, DNS)));
        DatagramSocket resolver = pods.peer(() -> new DatagramSocket(peer(family, 53)))) {
      InetSocketAddress source;
      try (DatagramSocket app = pods.pod(() -> connected(peer(family, 53)))) {
        source = (InetSocketAddress) app.getLocalSocketAddress();
        send(app, "redirected");
        assertThat(text(receive(daemon))).isEqualTo("redirected");
      }
      pods.pod(() -> sendMarked(source, peer(family, 53), "upstream"));
      resolver.setSoTimeout((int) WAIT.toMillis());
      assertThat(text(receive(resolver))).isEqualTo("upstream");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void otherDatagramsAreUntouched(Backend backend, int family) throws Exception {
    install(backend, Map.of());
    try (DatagramSocket server = pods.peer(() -> new DatagramSocket(peer(family, 5000)));
        DatagramSocket client = pods.pod(() -> connected(peer(family, 5000)))) {
      send(client, "plain");
      DatagramPacket got = receive(server);
      assertThat(text(got)).isEqualTo("plain");
      server.send(new DatagramPacket(bytes("back"), 4, got.getSocketAddress()));
      assertThat(text(receive(client))).isEqualTo("back");
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
    assertThatThrownBy(() -> pods.pod(() -> TcpSocket.connect(peer(family, 9000), UNMARKED, WAIT)))
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
        Descriptor call = pods.pod(() -> TcpSocket.connect(peer(family, port), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(server)) {
      call.send("straight\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("straight");
    }
  }

  private void reachesApp(int family, int port) throws Exception {
    try (Descriptor app = listenInPod(family, port);
        Descriptor call = pods.peer(() -> TcpSocket.connect(pod(family, port), UNMARKED, WAIT));
        Descriptor accepted = TcpSocket.accept(app)) {
      call.send("straight\n");
      assertThat(TestDaemon.line(accepted)).isEqualTo("straight");
    }
  }

  private Descriptor listenInPod(int family, int port) throws Exception {
    return pods.pod(() -> TcpSocket.listen(any(family, port), WAIT));
  }

  private Descriptor listenOnPeer(int family, int port) throws Exception {
    return pods.peer(() -> TcpSocket.listen(any(family, port), WAIT));
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

  private static boolean sendMarked(InetSocketAddress from, InetSocketAddress to, String text)
      throws ErrnoException {
    boolean four = from.getAddress().getAddress().length == 4;
    try (Descriptor socket = new Descriptor(SystemCall.SOCKET.call(four ? 2 : 10, 0x80002, 0));
        Arena arena = Arena.ofConfined()) {
      socket.set(Descriptor.SOL_SOCKET, 36, 0x539);
      SystemCall.BIND.call(socket.number(), TcpSocket.encode(arena, from).address(), 28);
      SystemCall.CONNECT.call(socket.number(), TcpSocket.encode(arena, to).address(), 28);
      socket.send(text);
      return true;
    }
  }

  private static DatagramSocket connected(InetSocketAddress to) throws Exception {
    DatagramSocket socket = new DatagramSocket(null);
    socket.connect(to);
    socket.setSoTimeout((int) WAIT.toMillis());
    return socket;
  }

  private static void send(DatagramSocket socket, String text) throws Exception {
    socket.send(new DatagramPacket(bytes(text), text.length()));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws Exception {
    socket.setSoTimeout((int) WAIT.toMillis());
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    socket.receive(packet);
    return packet;
  }

  private static String text(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static InetSocketAddress peer(int family, int port) {
    return at(family == 4 ? Pods.PEER4 : Pods.PEER6, port);
  }

  private static InetSocketAddress pod(int family, int port) {
    return at(family == 4 ? Pods.POD4 : Pods.POD6, port);
  }

  private static InetSocketAddress any(int family, int port) {
    return at(family == 4 ? "0.0.0.0" : "::", port);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
