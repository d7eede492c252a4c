package dev.heddle.control.client.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60) // seconds
final class CertificateRenewalTest {

  private static final long DEADLINE_SECONDS = 20;
  private static final String TOKEN = "e30.e30.c2ln";

  private final TestRoot root = new TestRoot("mesh");
  private final CurrentIdentity identity = new CurrentIdentity(System::currentTimeMillis);
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Told told = new Told();
  @TempDir private Path folder;
  private Path roots;
  private Path token;

  private static final class Told implements RenewalListener {
    final BlockingQueue<WorkloadCertificate> issued = new LinkedBlockingQueue<>();
    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<WorkloadCertificate> expired = new LinkedBlockingQueue<>();

    @Override
    public void issued(WorkloadCertificate certificate) {
      issued.add(certificate);
    }

    @Override
    public void failed(String reason) {
      failures.add(reason);
    }

    @Override
    public void expired(WorkloadCertificate certificate) {
      expired.add(certificate);
    }
  }

  @BeforeEach
  void mount() throws IOException {
    roots = write("root-cert.pem", TestRoot.pem(root.certificate()));
    token = write("token", TOKEN + '\n');
  }

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  @Test
  void theTokenBuysTheFirstCertificateAndEachIsShownForTheNext() throws Exception {
    try (AuthorityServer authority = AuthorityServer.start(root, 0, 5_000)) {
      CertificateRenewal renewal = start("localhost", authority.port());
      WorkloadCertificate first = await(told.issued);
      WorkloadCertificate second = await(told.issued);
      WorkloadCertificate third = await(told.issued);

      assertThat(authority.callers())
          .containsExactly(
              "Bearer " + TOKEN + " none",
              "Bearer " + TOKEN + ' ' + first.leaf().getSerialNumber(),
              "Bearer " + TOKEN + ' ' + second.leaf().getSerialNumber());
      assertThat(first.key()).isNotEqualTo(second.key());
      assertThat(third.identity()).isEqualTo(SpiffeId.parse(AuthorityServer.URI));
      assertThat(third.chain()).hasSize(1); // without the root
      assertThat(identity.certificate()).isSameAs(third);
      assertThat(identity.trust()).isEqualTo(bundle(root.certificate()));
      assertThat(renewal.status().issued()).isEqualTo(3);
      assertThat(told.failures).isEmpty();
    }
  }

  @Test
  void aValidCertificateStaysWhileRenewalFailsAndAnExpiredOneIsNotGivenOut() throws Exception {
    WorkloadCertificate first;
    int port;
    CertificateRenewal renewal;
    try (AuthorityServer authority = AuthorityServer.start(root, 0, 3_000)) {
      port = authority.port();
      renewal = start("localhost", port);
      first = await(told.issued);
    }
    assertThat(await(told.failures)).contains("UNAVAILABLE");
    assertThat(identity.certificate()).isSameAs(first);

    assertThat(await(told.expired)).isSameAs(first);
    assertThat(identity.certificate()).isNull();
    assertThat(identity.lastIssued()).isSameAs(first);
    assertThat(renewal.status().failure()).contains("UNAVAILABLE");

    try (AuthorityServer back = AuthorityServer.start(root, port, TestRoot.DAY_MILLIS)) {
      WorkloadCertificate next = await(told.issued);
      assertThat(identity.certificate()).isSameAs(next);
      assertThat(back.callers()).contains("Bearer " + TOKEN + " none");
      assertThat(renewal.status().failure()).isNull();
      assertThat(told.expired).isEmpty();
    }
  }

  @Test
  void rootsThatDiscoveryTellsReplaceTheOneOfTheChain() throws Exception {
    TrustBundle both = bundle(root.certificate(), new TestRoot("next").certificate());
    try (AuthorityServer authority = AuthorityServer.start(root, 0, TestRoot.DAY_MILLIS)) {
      start("localhost", authority.port());
      await(told.issued);
      identity.discovered(both);
      assertThat(identity.trust()).isSameAs(both);
    }
  }

  @Test
  void aTokenThatIsMissingOrGarbageIsToldAndReadAgain() throws Exception {
    Files.delete(token);
    try (AuthorityServer authority = AuthorityServer.start(root, 0, TestRoot.DAY_MILLIS)) {
      start("localhost", authority.port());
      assertThat(await(told.failures))
          .contains("TOKEN_FILE", token.toString(), "does not exist", "UNAUTHENTICATED");

      write("token", "my secret");
      awaitFailure("no token");
      assertThat(told.failures).noneMatch(reason -> reason.contains("secret"));

      write("token", TOKEN);
      await(told.issued);
      assertThat(authority.callers()).hasSize(1);
    }
  }

  @Test
  void aFileOfRootsThatIsMissingGarbageOrAnothersIsToldAndReadAgain() throws Exception {
    Files.delete(roots);
    try (AuthorityServer authority = AuthorityServer.start(root, 0, TestRoot.DAY_MILLIS)) {
      start("localhost", authority.port());
      assertThat(await(told.failures)).contains("CONTROL_CA", roots.toString(), "does not exist");

      write("root-cert.pem", "hello");
      awaitFailure("CONTROL_CA: " + roots + ": no certificates");

      write("root-cert.pem", TestRoot.pem(new TestRoot("another").certificate()));
      awaitFailure("PKIX path");
      assertThat(authority.callers()).isEmpty();

      write("root-cert.pem", TestRoot.pem(root.certificate()));
      await(told.issued);
    }
  }

  @Test
  void rootsOfTheMeshAreBelievedWhereTheFileIsNotThereYet() throws Exception {
    Files.delete(roots);
    identity.discovered(bundle(root.certificate()));
    try (AuthorityServer authority = AuthorityServer.start(root, 0, TestRoot.DAY_MILLIS)) {
      start("localhost", authority.port());
      await(told.issued);
    }
  }

  @Test
  void aServerOfAnotherNameIsNotAsked() throws Exception {
    try (AuthorityServer other =
        new AuthorityServer(root, 0, "elsewhere", key -> Collections.emptyList())) {
      start("localhost", other.port());
      assertThat(await(told.failures)).contains("localhost");
      assertThat(other.callers()).isEmpty();
    }
  }

  @Test
  void aPortWhereNobodyListensIsAskedAgain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start("localhost", port);
    assertThat(await(told.failures)).contains("UNAVAILABLE");
    try (AuthorityServer authority = AuthorityServer.start(root, port, TestRoot.DAY_MILLIS)) {
      await(told.issued);
      assertThat(authority.callers()).hasSize(1);
    }
  }

  static Stream<WrongAnswer> wrongAnswers() {
    long later = System.currentTimeMillis() + TestRoot.DAY_MILLIS;
    TestRoot other = new TestRoot("other");
    return Stream.of(
        new WrongAnswer("0 certificates", (root, key) -> new X509Certificate[0]),
        new WrongAnswer(
            "another key",
            (root, key) ->
                chain(
                    root.workload(TestRoot.keys().getPublic(), AuthorityServer.URI, later),
                    root.certificate())),
        new WrongAnswer(
            "ended at",
            (root, key) ->
                chain(root.workload(key, AuthorityServer.URI, 1_000), root.certificate())),
        new WrongAnswer(
            "expected: one URI",
            (root, key) ->
                chain(root.workload(key, "https://a.example", later), root.certificate())),
        new WrongAnswer("expected: one URI", (root, key) -> chain(root.server(key, "localhost"))),
        new WrongAnswer(
            "ignature",
            (root, key) ->
                chain(root.workload(key, AuthorityServer.URI, later), other.certificate())));
  }

  @ParameterizedTest
  @MethodSource("wrongAnswers")
  void anAnswerThatCannotBeUsedIsToldAndNothingElseChanges(WrongAnswer wrong) throws Exception {
    try (AuthorityServer authority =
        new AuthorityServer(
            root, 0, "localhost", key -> Arrays.asList(wrong.chain.of(root, key)))) {
      start("localhost", authority.port());
      assertThat(await(told.failures)).contains("answered").contains(wrong.reason);
      assertThat(identity.certificate()).isNull();
      assertThat(identity.trust()).isNull();

      authority.answer(
          key ->
              Arrays.asList(
                  root.workload(
                      key, AuthorityServer.URI, System.currentTimeMillis() + TestRoot.DAY_MILLIS),
                  root.certificate()));
      await(told.issued);
    }
  }

  private CertificateRenewal start(String host, int port) {
    ControlEndpoint control = ControlEndpoint.tls(host, port, roots, token, identity);
    CertificateRenewal renewal =
        new CertificateRenewal(
            control, identity, thread, System::currentTimeMillis, bound -> bound / 2, told);
    renewal.start();
    renewal.trustIsKnown();
    return renewal;
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }

  private void awaitFailure(String wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    BooleanSupplier inTime = () -> System.nanoTime() < end;
    String last = "";
    while (!last.contains(wanted)) {
      assertThat(inTime.getAsBoolean()).as("expected: %s, told: %s", wanted, last).isTrue();
      last = await(told.failures);
    }
  }

  private static <T> T await(BlockingQueue<T> events) throws InterruptedException {
    T event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  private static TrustBundle bundle(X509Certificate... roots) {
    return TrustBundle.of("cluster.local", Arrays.asList(roots));
  }

  private static X509Certificate[] chain(X509Certificate... certificates) {
    return certificates;
  }

  /** What a chain is made of. */
  interface Chain {
    X509Certificate[] of(TestRoot root, PublicKey key);
  }

  static final class WrongAnswer {
    final String reason;
    final Chain chain;

    WrongAnswer(String reason, Chain chain) {
      this.reason = reason;
      this.chain = chain;
    }

    @Override
    public String toString() {
      return reason;
    }
  }
}
