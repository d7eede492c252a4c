package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is no HTTP, between pods of two nodes and STRICT: redis, PostgreSQL, servers that speak
 * first; IPv6; and what is to be left alone.
 */
@NetnsTest(commands = {"redis-server", "redis-cli", "psql"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
final class ProtocolsIT {

  private static final String NODE_2 = "node-2";
  private static final String REDIS = "10.96.0.20";
  private static final String POSTGRES = "10.96.0.21";
  private static final String GREETER = "10.96.0.22";

  private Path directory;
  private NodeStage stage;
  private Pod server;
  private Pod client;
  private Pod stranger;
  private Pod outsider;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    stage = new NodeStage(directory);
    stage.daemon();
    stage.daemonOf(NODE_2, List.of());
    stage.write(
        "strict",
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop}
        spec: {mtls: {mode: STRICT}}
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: server, namespace: shop}
        spec:
          selector: {matchLabels: {app: server}}
          rules:
          - from: [{source: {principals: [cluster.local/ns/shop/sa/client]}}]
        ---
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: six, namespace: shop}
        spec:
          selector: {matchLabels: {app: six}}
          rules:
          - from: [{source: {principals: [cluster.local/ns/shop/sa/client]}}]
            to: [{operation: {methods: [GET]}}]
        """);
    server = stage.captured("server", "v1", "--exclude-inbound-ports", "7001");
    client = stage.capturedOn(NODE_2, "client", "v1", "--exclude-outbound-ports", "7000");
    stranger = stage.capturedOn(NODE_2, "stranger", "v1");
    outsider = stage.pod("outsider", "v1");
  }

  @AfterAll
  void end() throws Exception {
    stage.close();
  }

  @Test
  void redisIsServedToItsPrincipalAlone() throws Exception {
    stage.service("server", REDIS, 6379, "tcp-redis");
    server.start("redis-server", "--save", "", "--protected-mode", "no", "--bind", "*");
    NodeStage.until("PONG", () -> redis(server, "127.0.0.1", "PING"));
    NodeStage.until("OK", () -> redis(client, REDIS, "SET", "color", "blue"));
    assertThat(redis(client, REDIS, "GET", "color")).isEqualTo("blue");
    NodeStage.until("rror: ", () -> redis(stranger, REDIS, "GET", "color"));
    assertThat(redis(outsider, server.address(), "GET", "color")).contains("rror: ");
  }

  private static String redis(Pod pod, String host, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("timeout", "10", "redis-cli", "-h", host));
    words.addAll(List.of(command));
    return pod.run(words.toArray(String[]::new)).said().strip();
  }

  @Test
  void postgresqlIsServedToItsPrincipalAlone() throws Exception {
    stage.service("server", POSTGRES, 5432, "tcp-postgres");
    startPostgres();
    NodeStage.until("42", () -> query(client, POSTGRES));
    NodeStage.until("error: ", () -> query(stranger, POSTGRES));
    assertThat(query(outsider, server.address())).contains("error: ");
  }

  /** As nobody: it refuses to be root. */
  private void startPostgres() throws Exception {
    Path data = Files.createDirectory(directory.resolve("postgres"));
    List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    Command.succeed(List.of("chmod", "711", directory.toString()));
    Command.succeed(List.of("chown", "65534:65534", data.toString()));
    run(nobody, postgres("initdb"), "-D", data.toString(), "-U", "postgres", "-A", "trust", "-N");
    Files.writeString(data.resolve("pg_hba.conf"), "host all all all trust\n");
    List<String> command = new ArrayList<>(nobody);
    command.addAll(List.of(postgres("postgres"), "-D", data.toString(), "-F"));
    command.addAll(List.of("-c", "listen_addresses=*", "-c", "unix_socket_directories="));
    server.start(command.toArray(String[]::new));
    NodeStage.until("42", () -> query(server, "127.0.0.1"));
  }

  private static void run(List<String> prefix, String... command) throws Exception {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(command));
    Command.succeed(words);
  }

  /** Debian keeps programs of servers beside their versions, off the PATH. */
  private static String postgres(String program) throws Exception {
    try (DirectoryStream<Path> versions =
        Files.newDirectoryStream(Path.of("/usr/lib/postgresql"))) {
      for (Path version : versions) {
        return version.resolve("bin").resolve(program).toString();
      }
    }
    throw new AssertionError("PostgreSQL is not installed: apt-get install postgresql");
  }

  private static String query(Pod pod, String host) throws Exception {
    String whom = "host=" + host + " user=postgres dbname=postgres connect_timeout=10";
    return pod.run("psql", whom, "-Atc", "select 6*7").said().strip();
  }

  @Test
  void aServerThatSpeaksFirstIsHeard() throws Exception {
    stage.service("server", GREETER, 2525, "tcp-greeter");
    server.start("python3", "-u", server.script("sockets.py"), "greet", "2525").read();
    NodeStage.until("220 hello\\n250 helo", () -> sockets(client, "hear", GREETER, "2525"));
    assertThat(sockets(stranger, "hear", GREETER, "2525")).doesNotContain("220");
  }

  private static String sockets(Pod pod, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", pod.script("sockets.py")));
    command.addAll(List.of(words));
    return pod.run(command.toArray(String[]::new)).said().strip();
  }

  @Test
  void servicesAndPodsOfIpv6AreMeshedToo() throws Exception {
    Pod six = stage.pod("six", "v1");
    Path file = directory.resolve("rules/six-v1.yaml");
    stage.write(
        six.name(),
        Files.readString(file)
            .replace("{ip: " + six.address() + "}, ", "")
            .replace("podIP: " + six.address(), "podIP: \"" + six.address6() + "\""));
    assertThat(stage.init(six, 30).exit()).isZero();
    six.serve(9080);
    stage.service("six", "\"fd00:96::10\"", 9080, "http");
    stage.write(
        "service-both",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: both, namespace: shop}
        spec:
          clusterIP: 10.96.0.23
          clusterIPs: [10.96.0.23, "fd00:96::11"]
          ipFamilyPolicy: RequireDualStack
          selector: {app: six}
          ports: [{name: http, port: 9080, targetPort: 9080}]
        """);
    for (String address : List.of("[fd00:96::10]", "[fd00:96::11]", "10.96.0.23")) {
      String answer =
          NodeStage.until("six-v1", () -> client.curl("-g", "http://" + address + ":9080/"));
      assertThat(answer).contains("URI=spiffe://cluster.local/ns/shop/sa/client");
    }
    assertThat(outsider.curl("-g", "http://[" + six.address6() + "]:9080/")).contains("curl: (");
  }

  @Test
  void datagramsAreLeftAlone() throws Exception {
    server.start("python3", "-u", server.script("sockets.py"), "echo", "4000").read();
    assertThat(sockets(client, "ask", server.address(), "4000"))
        .isEqualTo("echo for " + client.address());
  }

  @Test
  void excludedPortsPassByTheDaemon() throws Exception {
    server.serve(7000);
    server.serve(7001);
    assertThat(outsider.curl("http://" + server.address() + ":7001/")).contains("server-v1");
    assertThat(client.curl("http://" + server.address() + ":7000/"))
        .as("plaintext, past its own daemon, to a STRICT port")
        .contains("curl: (");
  }

  @Test
  void aPodThatCallsItselfReachesItself() throws Exception {
    Pod self = stage.captured("self", "v1");
    self.serve(9080);
    String[] addresses = {"127.0.0.1", "[::1]", self.address(), "[" + self.address6() + "]"};
    for (String address : addresses) {
      assertThat(self.curl("-g", "http://" + address + ":9080/"))
          .contains("self-v1")
          .doesNotContain("x-forwarded-client-cert");
    }
  }
}
