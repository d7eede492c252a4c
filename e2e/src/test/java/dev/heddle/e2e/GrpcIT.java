package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * gRPC's clients, like drivers of databases, connect to addresses that no adapter of the agent has
 * heard of: mesh TLS is spoken there all the same.
 */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class GrpcIT {

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private IdentityControl control;
  private int started;

  @BeforeEach
  void start() throws Exception {
    control = kept(new IdentityControl(directory));
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private <T extends AutoCloseable> T kept(T closeable) {
    open.add(closeable);
    return closeable;
  }

  private Forked grpc(Jdk jdk, Map<String, String> environment, String... arguments)
      throws IOException {
    Path grpc = Path.of(System.getProperty("heddle.tomcats"), "grpc");
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx192m", "-cp"));
    command.add(ProbeProcess.classPath() + File.pathSeparator + grpc + "/*");
    command.add("dev.heddle.e2e.peer.GrpcPeer");
    command.addAll(List.of(arguments));
    started++;
    return kept(
        new Forked(command, environment, directory.resolve(arguments[0] + started + ".log")));
  }

  private Map<String, String> agent(String account) throws IOException, InterruptedException {
    return PeerProcess.agent(control.settings(account));
  }

  private Forked client(Jdk jdk, Map<String, String> environment, int port) throws IOException {
    return grpc(jdk, environment, "client", "127.0.0.1", Integer.toString(port));
  }

  @Test
  void aClientSpeaksMeshTlsToAnAddressThatNoCallNamed() throws Exception {
    for (Jdk jdk : Jdk.all()) {
      Forked server = grpc(jdk, agent("callee"), "server");
      RecordingRelay wire = kept(new RecordingRelay(Integer.parseInt(server.read())));
      control.service("echo", wire.port(), "callee");

      Forked client = client(jdk, agent("caller"), wire.port());

      assertThat(client.read()).as(client.errors() + server.errors()).isEqualTo("echoed");
      assertThat(wire.wasReadable()).isFalse();
    }
  }

  @Test
  void aClientOutsideOfTheMeshIsRefused() throws Exception {
    Jdk jdk = Jdk.all().getLast();
    int port = Integer.parseInt(grpc(jdk, agent("callee"), "server").read());

    assertThat(client(jdk, Map.of(), port).read()).contains("UNAVAILABLE");
  }

  @Test
  void aServerOfAnotherIdentityThanItsEndpointIsNotSpokenTo() throws Exception {
    Jdk jdk = Jdk.all().getLast();
    int port = Integer.parseInt(grpc(jdk, agent("callee"), "server").read());
    control.service("echo", port, "somebody-else");

    Forked client = client(jdk, agent("caller"), port);

    assertThat(client.read()).as(client.errors()).contains("UNAVAILABLE");
  }

  @Test
  void aServerOutsideOfTheMeshIsSpokenToInPlaintext() throws Exception {
    Jdk jdk = Jdk.all().getLast();
    RecordingRelay wire =
        kept(new RecordingRelay(Integer.parseInt(grpc(jdk, Map.of(), "server").read())));

    Forked client = client(jdk, agent("caller"), wire.port());

    assertThat(client.read()).as(client.errors()).isEqualTo("echoed");
    assertThat(wire.wasReadable()).isTrue();
  }
}
