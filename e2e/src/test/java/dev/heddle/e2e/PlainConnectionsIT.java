package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules about connections hold where no mesh TLS is spoken, too. */
class PlainConnectionsIT {

  private static final List<String> SERVERS =
      List.of("ServerSocket", "Tomcat NIO", "Tomcat NIO2", "JDK HttpServer");

  @TempDir private Path directory;

  @Test
  void addressesAreJudgedInAProcessWithoutAnIdentity() throws Exception {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(
        rules.resolve("policy.yaml"),
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: far-away, namespace: default}
        spec:
          selector: {matchLabels: {app: guarded}}
          action: ALLOW
          rules:
          - from: [{source: {ipBlocks: [192.0.2.0/24]}}]
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: near, namespace: default}
        spec:
          selector: {matchLabels: {app: open}}
          action: ALLOW
          rules:
          - from: [{source: {ipBlocks: [127.0.0.0/8]}}]
        """);
    try (Control control = new Control(rules, 0, directory.resolve("control.log"))) {
      for (Jdk jdk : Jdk.all()) {
        for (String server : SERVERS) {
          check(jdk, server, Map.of("CONTROL", control.address()));
        }
      }
    }
  }

  @Test
  void addressesAreJudgedOnPortsWhereMeshTlsIsOff() throws Exception {
    try (IdentityControl control = new IdentityControl(directory)) {
      control.rule("off", "PeerAuthentication", "mtls: {mode: DISABLE}");
      control.rule(
          "far-away",
          "AuthorizationPolicy",
          "{selector: {matchLabels: {app: guarded}}, action: ALLOW,"
              + " rules: [{from: [{source: {ipBlocks: [192.0.2.0/24]}}]}]}");
      for (String server : List.of("ServerSocket", "Tomcat NIO")) {
        check(Jdk.all().getLast(), server, control.settings("callee"));
      }
    }
  }

  private void check(Jdk jdk, String server, Map<String, String> settings) throws Exception {
    assertThat(answer(jdk, server, settings, "open")).as(server).startsWith("HTTP/1.1 200");
    assertThat(answer(jdk, server, settings, "guarded")).as(server).isEmpty();
  }

  /** The first that is told after the policies are held. */
  private String answer(Jdk jdk, String server, Map<String, String> common, String app)
      throws Exception {
    Map<String, String> settings = new HashMap<>(common);
    settings.put("LABELS", "app=" + app);
    Path log = directory.resolve(jdk.name() + server + app + ".log");
    try (PeerProcess process = PeerProcess.server(jdk, server, settings, log)) {
      boolean closes = app.equals("guarded");
      String[] last = {""};
      Await.until(
          server + " knows its policies",
          () -> {
            last[0] = exchange(process.port());
            return last[0].isEmpty() == closes;
          });
      return last[0];
    }
  }

  private static String exchange(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              "GET /?give=0 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException e) {
      return ""; // reset
    }
  }
}
