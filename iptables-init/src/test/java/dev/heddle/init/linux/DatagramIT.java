package dev.heddle.init.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.init.apply.Backend;
import dev.heddle.init.apply.Capture;
import dev.heddle.init.apply.Netns;
import dev.heddle.init.ruleset.CaptureSettings;
import java.lang.foreign.Arena;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UDP: queries are captured, and nothing else. */
@NetnsTest
final class DatagramIT {

  private static final int DNS = 15_053;
  private static final int WAIT_MILLIS = 5_000;

  private Pods pods;

  @BeforeEach
  void makePod() throws Exception {
    pods = new Pods("datagram");
  }

  @AfterEach
  void deletePod() throws Exception {
    pods.delete();
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void queriesReachTheDaemonAndAnswersComeFromWhomWasAsked(Backend backend, int family)
      throws Exception {
    install(backend);
    String loopback = family == 4 ? "127.0.0.1" : "::1";
    try (DatagramSocket daemon = pods.pod(() -> new DatagramSocket(Pods.at(loopback, DNS)));
        DatagramSocket app = pods.pod(() -> connected(Pods.peer(family, 53)))) {
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
    install(backend);
    String loopback = family == 4 ? "127.0.0.1" : "::1";
    try (DatagramSocket daemon = pods.pod(() -> new DatagramSocket(Pods.at(loopback, DNS)));
        DatagramSocket resolver = pods.peer(() -> new DatagramSocket(Pods.peer(family, 53)))) {
      InetSocketAddress source;
      try (DatagramSocket app = pods.pod(() -> connected(Pods.peer(family, 53)))) {
        source = (InetSocketAddress) app.getLocalSocketAddress();
        send(app, "redirected");
        assertThat(text(receive(daemon))).isEqualTo("redirected");
      }
      pods.pod(() -> sendMarked(source, Pods.peer(family, 53), "upstream"));
      resolver.setSoTimeout(WAIT_MILLIS);
      assertThat(text(receive(resolver))).isEqualTo("upstream");
    }
  }

  @ParameterizedTest
  @CsvSource({"NFT, 4", "NFT, 6", "LEGACY, 4", "LEGACY, 6"})
  void otherDatagramsAreUntouched(Backend backend, int family) throws Exception {
    install(backend);
    try (DatagramSocket server = pods.peer(() -> new DatagramSocket(Pods.peer(family, 5000)));
        DatagramSocket client = pods.pod(() -> connected(Pods.peer(family, 5000)))) {
      send(client, "plain");
      DatagramPacket got = receive(server);
      assertThat(text(got)).isEqualTo("plain");
      server.send(new DatagramPacket(bytes("back"), 4, got.getSocketAddress()));
      assertThat(text(receive(client))).isEqualTo("back");
    }
  }

  private void install(Backend backend) throws Exception {
    new Capture(Netns.at(pods.path()), Optional.of(backend)).install(CaptureSettings.DEFAULT);
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
    socket.setSoTimeout(WAIT_MILLIS);
    return socket;
  }

  private static void send(DatagramSocket socket, String text) throws Exception {
    socket.send(new DatagramPacket(bytes(text), text.length()));
  }

  private static DatagramPacket receive(DatagramSocket socket) throws Exception {
    socket.setSoTimeout(WAIT_MILLIS);
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
}
