package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mesh TLS under the JDK's own sockets, in forked JVMs with the agent's jar. */
final class MeshTlsIT {

  private static final String BOB = "spiffe://cluster.local/ns/default/sa/bob";

  @TempDir private Path folder;
  private Path keyStore;
  private Path meshDouble;

  @BeforeEach
  void makeIdentityAndPolicy() throws Exception {
    keyStore = TestCertificates.keyStore(folder.resolve("bob.p12"), BOB);
    meshDouble = folder.resolve("double.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", MeshDouble.class.getName());
    try (OutputStream out = Files.newOutputStream(meshDouble);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.putNextEntry(new JarEntry("empty")); // its classes are on the class path
    }
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void nothingOfTheBodyIsSeenBetweenThePeersWhateverTheSockets(Path java) throws Exception {
    ForkedJvm run =
        run(
            java,
            "STRICT",
            BOB,
            "blocking-sockets",
            "http-server",
            "blocking-channels",
            "socket-timeout",
            "adaptor-timeout",
            "half-close",
            "send-file",
            "asynchronous-channel");
    assertThat(run.out.split("\n")).as(run.err).hasSize(8).allMatch(line -> line.endsWith(": ok"));
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aPermissivePortTakesPlaintextAndServesThoseWhoWaitForABanner(Path java) throws Exception {
    ForkedJvm run =
        run(java, "PERMISSIVE", BOB, "plaintext-client", "server-first", "blocking-sockets");
    assertThat(run.out.split("\n")).as(run.err).hasSize(3).allMatch(line -> line.endsWith(": ok"));
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aStrictPortRefusesPlaintext(Path java) throws Exception {
    ForkedJvm run = run(java, "STRICT", BOB, "plaintext-client");
    assertThat(run.out).doesNotContain(": ok");
    assertThat(run.err).contains("the peer speaks no mesh TLS");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aPeerThatIsNotWhoItShouldBeIsNotConnectedTo(Path java) throws Exception {
    ForkedJvm run =
        run(java, "STRICT", "spiffe://cluster.local/ns/default/sa/eve", "blocking-sockets");
    assertThat(run.out).contains("ConnectException").contains(BOB);
  }

  private ForkedJvm run(Path java, String inbound, String expected, String... scenarios)
      throws Exception {
    return ForkedJvm.run(
        folder,
        java,
        Arrays.asList(
            "-javaagent:"
                + ForkedJvm.AGENT
                + "=control=127.0.0.1:1,control_tls=on,admin=off,log_level=warn",
            "-javaagent:" + meshDouble + "=" + keyStore,
            "-Dmesh.inbound=" + inbound,
            "-Dmesh.expected=" + expected),
        MeshSocketsApp.class,
        scenarios);
  }
}
