package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a process under the agent comes by its certificate, keeps it, and goes on without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class IdentityIT {

  private static final String HOST = "known";
  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]";
  private static final Pattern PAGES = Pattern.compile("admin pages at (127\\.0\\.0\\.1:\\d+)");

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private Path authority;
  private Path token;
  private RulesDirectory rules;
  private Control control;

  static Stream<Jdk> jdks() throws IOException {
    return Jdk.all().stream();
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    authority = directory.resolve("ca");
    Upstream v1 = opened(new Upstream("v1", new Upstream.Log()));
    rules = new RulesDirectory(directory.resolve("rules"));
    Scenario scenario = Scenario.http("known over TLS", TO_V1, stage -> {});
    rules.write(HOST, scenario, Map.of("v1", v1.port()), Map.of());
    control = opened(control("127.0.0.1:0"));
    token =
        Files.writeString(
            directory.resolve("token"),
            Control.say(
                directory.resolve("token.log"),
                "token",
                "--ca-dir",
                authority.toString(),
                "--namespace",
                "default",
                "--service-account",
                "cart"));
  }

  private Control control(String tls) throws Exception {
    List<String> options =
        List.of("--ca-dir", authority.toString(), "--tls", tls, "--certificate-lifetime", "5s");
    return new Control(rules.path(), 0, options, directory.resolve("control.log"));
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aCertificateIsIssuedForTheTokenAndRenewedAndRulesComeOverTls(Jdk jdk) throws Exception {
    ProbeProcess probe = startProbe(jdk, Map.of());
    assertThat(get(probe).word()).isEqualTo("v1");
    Await.until("three are issued", () -> certs(probe).contains("renewals: 3 issued, 0 failed"));
    assertThat(certs(probe))
        .contains("identity: spiffe://cluster.local/ns/default/sa/cart\n")
        .contains("certificate: valid\n")
        .contains("trust domain: cluster.local\n")
        .contains("\nroot: ");
    assertThat(page(probe, "/metrics")).contains("heddle_certificate_expiry_seconds ");
    assertThat(probe.errors())
        .contains("certificate for spiffe://cluster.local/ns/default/sa/cart issued")
        .doesNotContain("warning");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whileControlIsAwayACertificateIsKeptToItsEndAndCallsGoOn(Jdk jdk) throws Exception {
    try (Control away = control("127.0.0.1:0")) {
      String address = away.tlsAddress();
      ProbeProcess probe = startProbe(jdk, Map.of("CONTROL", address));
      assertThat(get(probe).word()).isEqualTo("v1");
      Await.until("it is valid", () -> certs(probe).contains("certificate: valid"));
      away.kill();
      Await.until("renewal fails", () -> certs(probe).contains("failing since the last"));
      assertThat(certs(probe)).contains("certificate: valid");
      Await.until("it has ended", () -> certs(probe).contains("certificate: EXPIRED"));
      assertThat(get(probe).word()).isEqualTo("v1");
      Await.until("it is told", () -> probe.errors().contains("the certificate has expired"));

      try (Control back = control(address)) {
        assertThat(back.tlsAddress()).isEqualTo(address);
        Await.until("one is issued", () -> certs(probe).contains("certificate: valid"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theRootIsChangedUnderTheProcessWithoutAFailedRequest(Jdk jdk) throws Exception {
    ProbeProcess probe = startProbe(jdk, Map.of());
    Await.until("it is valid", () -> certs(probe).contains("certificate: valid"));
    List<String> before = roots(probe);
    assertThat(before).hasSize(1);

    rotateRoot();
    Await.until("both are believed", () -> roots(probe).size() == 2);
    rotateRoot();
    String switched = issued(probe);
    Await.until("the new root signed", () -> !issued(probe).equals(switched));
    String again = issued(probe);
    Await.until("and again", () -> !issued(probe).equals(again));
    rotateRoot();
    Await.until("one is believed", () -> roots(probe).size() == 1);
    String last = issued(probe);
    Await.until("the new one goes on", () -> !issued(probe).equals(last));

    assertThat(roots(probe)).doesNotContainAnyElementsOf(before);
    assertThat(certs(probe)).contains("certificate: valid").contains(", 0 failed");
  }

  private void rotateRoot() throws Exception {
    Path log = directory.resolve("rotate.log");
    assertThat(Control.say(log, "rotate-root", "--now", "--ca-dir", authority.toString()))
        .startsWith("step ");
  }

  private static List<String> roots(ProbeProcess probe) throws Exception {
    return certs(probe).lines().filter(line -> line.startsWith("root: ")).toList();
  }

  /** How many were issued, as the page says it. */
  private static String issued(ProbeProcess probe) throws Exception {
    return certs(probe).lines().filter(line -> line.startsWith("renewals: ")).findFirst().get();
  }

  static Stream<Map<String, String>> whatIsMissing() {
    return Stream.of(
        Map.of("TOKEN_FILE", "/nowhere/token"),
        Map.of("TOKEN_FILE", "GARBAGE"),
        Map.of("CONTROL_CA", "/nowhere/root-cert.pem"),
        Map.of("CONTROL_CA", "GARBAGE"),
        Map.of("CONTROL", "127.0.0.1:1"));
  }

  @ParameterizedTest
  @MethodSource("whatIsMissing")
  void withoutWhatItNeedsTheAppRunsUnmanagedAndItIsTold(Map<String, String> missing)
      throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage"), "garbage");
    Map<String, String> settings = new HashMap<>(missing);
    settings.replaceAll((name, value) -> value.equals("GARBAGE") ? garbage.toString() : value);
    settings.put("FIRST_CALL_WAIT", "0s");
    ProbeProcess probe = startProbe(Jdk.all().getFirst(), settings);
    assertThat(get(probe).error()).isEqualTo("java.net.UnknownHostException");
    Await.until("it is told", () -> probe.errors().contains("no certificate issued: "));
    String setting = missing.keySet().iterator().next();
    assertThat(probe.errors()).contains(setting.equals("CONTROL") ? "UNAVAILABLE" : setting);
    assertThat(certs(probe)).contains("none was issued yet");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whatTheAppSetsForItsOwnTlsIsNotReadBeforeIt(Jdk jdk) throws Exception {
    Path classes = Files.createTempFile(directory, "classes", ".log");
    String log = "-Xlog:class+load:file=" + classes;
    ProbeProcess probe = startProbe(jdk, List.of(log), Map.of());
    Await.until("it is valid", () -> certs(probe).contains("certificate: valid"));
    assertThat(Files.readString(classes))
        .contains("sun.security.ssl.SSLContextImpl$TLSContext ")
        .doesNotContain("sun.security.ssl.SSLContextImpl$DefaultSSLContext ");
  }

  private ProbeProcess startProbe(Jdk jdk, Map<String, String> further) throws Exception {
    return startProbe(jdk, List.of(), further);
  }

  private ProbeProcess startProbe(Jdk jdk, List<String> options, Map<String, String> further)
      throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("CONTROL", control.tlsAddress());
    settings.put("CONTROL_TLS", "on");
    settings.put("CONTROL_CA", authority.resolve("root-cert.pem").toString());
    settings.put("TOKEN_FILE", token.toString());
    settings.put("NAMESPACE", "elsewhere"); // the token knows better
    settings.put("FIRST_CALL_WAIT", "20s");
    settings.put("ADMIN", "127.0.0.1:0");
    settings.putAll(further);
    Path log = Files.createTempFile(directory, "probe", ".log");
    return opened(new ProbeProcess(jdk, options, Clients.URL_CONNECTION, settings, log));
  }

  private static Answer get(ProbeProcess probe) throws Exception {
    return probe.call(Stage.ask("GET", "http://" + HOST + ":9080/"));
  }

  private static String certs(ProbeProcess probe) throws Exception {
    return page(probe, "/certs");
  }

  private static String page(ProbeProcess probe, String path) throws Exception {
    Await.until("the pages are there", () -> PAGES.matcher(probe.errors()).find());
    Matcher pages = PAGES.matcher(probe.errors());
    assertThat(pages.find()).isTrue();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + pages.group(1) + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
