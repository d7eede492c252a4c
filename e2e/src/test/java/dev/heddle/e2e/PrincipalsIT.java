package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.peer.Arrived;
import dev.heddle.e2e.peer.Transfer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may call is decided by whom the certificate names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class PrincipalsIT {

  private static final String FRIEND = "cluster.local/ns/default/sa/friend";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, PeerProcess> callers = new HashMap<>();
  private IdentityControl control;
  private Path directory;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    control = new IdentityControl(directory);
    open.add(control);
    control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
    policy("by-path", "{from: [%s], to: [{operation: {paths: [/open]}}]}");
    policy("by-principal", "{from: [%s]}");
    callee("by-path", "tomcat", "Tomcat NIO");
    callee("by-path", "jdk", "JDK HttpServer");
    callee("by-path", "plain", "ServerSocket");
    callee("by-principal", "tomcat", "Tomcat NIO");
    callee("by-principal", "plain", "ServerSocket");
    for (String account : List.of("friend", "stranger")) {
      PeerProcess caller =
          PeerProcess.client(
              Jdk.all().getLast(),
              "HttpURLConnection",
              control.settings(account),
              directory.resolve(account + ".log"));
      open.add(caller);
      callers.put(account, caller);
    }
  }

  private void policy(String name, String rule) throws Exception {
    String source = "{source: {principals: [" + FRIEND + "]}}";
    control.rule(
        name,
        "AuthorizationPolicy",
        "{selector: {matchLabels: {app: %s}}, action: ALLOW, rules: [%s]}"
            .formatted(name, rule.formatted(source)));
  }

  private void callee(String policy, String name, String server) throws Exception {
    String host = policy + "-" + name;
    PeerProcess callee =
        PeerProcess.server(
            Jdk.all().getLast(),
            server,
            control.settings("callee", "app=" + policy),
            directory.resolve(host + ".log"));
    open.add(callee);
    control.service(host, callee.port(), "callee");
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  /** Status 0: the connection was closed, for there is nobody who could answer. */
  @ParameterizedTest(name = "{1} calls {2} of {0}: {3}")
  @CsvSource({
    "by-path-tomcat, friend, /open, 200",
    "by-path-tomcat, friend, /closed, 403",
    "by-path-tomcat, stranger, /open, 0",
    "by-path-jdk, friend, /open, 200",
    "by-path-jdk, friend, /closed, 403",
    "by-path-jdk, stranger, /open, 0",
    "by-path-plain, friend, /open, 0",
    "by-path-plain, stranger, /open, 0",
    "by-principal-tomcat, friend, /any, 200",
    "by-principal-tomcat, stranger, /any, 0",
    "by-principal-plain, friend, /any, 200",
    "by-principal-plain, stranger, /any, 0"
  })
  void whoMayCallIsWhoItsCertificateNames(String host, String caller, String path, int status)
      throws Exception {
    Arrived arrived =
        Objects.requireNonNull(callers.get(caller))
            .send(Transfer.of("http://" + host + ":9080" + path, 0, 1));

    assertThat(code(arrived)).as(arrived.toString()).isEqualTo(status);
  }

  /** HttpURLConnection throws where the status is one of an error. */
  private static int code(Arrived arrived) {
    String error = String.valueOf(arrived.error());
    return error.contains("response code: 403") ? 403 : arrived.status();
  }
}
