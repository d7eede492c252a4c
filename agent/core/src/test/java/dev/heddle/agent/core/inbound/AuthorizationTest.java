package dev.heddle.agent.core.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthorizationTest {

  private static final SpiffeId ADMIN = SpiffeId.of("cluster.local", "ops", "admin");

  private final List<String> lines = new ArrayList<>();
  private long now;
  private final Authorization authorization =
      new Authorization(false, lines::add, () -> now, () -> now / 1_000_000);

  @AfterEach
  void open() {
    InboundGate.use(null);
  }

  @Test
  void withoutPoliciesNothingIsJudged() {
    use();
    assertThat(InboundGate.isOpen()).isTrue();
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin", "/admin"))).isNull();
    assertThat(authorization.admits(ScriptedRequest.connection(null, 1))).isTrue();
  }

  @Test
  void whatThisHostAsksItselfInPlaintextIsLetInWhereThatIsTrusted() {
    Authorization trusting = new Authorization(true, lines::add, () -> now, () -> now / 1_000_000);
    trusting.use(
        WorkloadPolicy.of(
            MutualTlsMode.STRICT,
            Collections.emptyMap(),
            Collections.singletonList(denyAdmin(false)),
            Collections.emptyList()));
    ScriptedRequest own = ScriptedRequest.get("/admin/x", "/admin/x");
    assertThat(InboundGate.judge(own)).isNull();
    assertThat(trusting.admits(ScriptedRequest.connection(null, 1))).isTrue();
    ScriptedRequest named =
        ScriptedRequest.get("/admin/x", "/admin/x").on(ScriptedRequest.connection(ADMIN, 8080));
    assertThat(InboundGate.judge(named)).isEqualTo(Refusal.DENIED);
    ScriptedRequest foreign =
        ScriptedRequest.get("/admin/x", "/admin/x")
            .on(
                InboundConnection.of(
                    null,
                    IpAddress.of(new byte[] {10, 0, 0, 8}),
                    IpAddress.of(new byte[] {10, 0, 0, 7}),
                    8080,
                    null));
    assertThat(InboundGate.judge(foreign)).isEqualTo(Refusal.DENIED);
  }

  @Test
  void whatIsDeniedIsRefusedCountedAndToldWithoutItsQuery() {
    use(denyAdmin(false));
    assertThat(InboundGate.judge(ScriptedRequest.get("/public", "/public"))).isNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin/x?token=secret", "/admin/x")))
        .isEqualTo(Refusal.DENIED);
    assertThat(lines)
        .containsExactly(
            "authorization: denied by rule 0 of shop/guard: GET /admin/x to port 8080"
                + " from an unknown peer at 127.0.0.1");
    assertThat(authorization.metrics().text())
        .contains("heddle_authorization_allowed_total 1\n")
        .contains(
            "heddle_authorization_denied_total"
                + "{reason=\"DENIED\",policy=\"shop/guard\",rule=\"0\"} 1\n");
  }

  @Test
  void everyReadingOfThePathMustBeLetIn() {
    use(denyAdmin(false));
    assertThat(InboundGate.judge(ScriptedRequest.get("/a;jsessionid=1", "/a"))).isNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/a", "/admin/x"))).isNotNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin/x", "/a"))).isNotNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin;a/x", "/a"))).isNotNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin/..;/a", "/a"))).isNotNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/a", null))).isNotNull();
  }

  @Test
  void aRequestThatNamesSeveralHostsIsRefusedWhereARuleAsksForTheHost() {
    AttributeMatch host = match(Attribute.HOST, "other");
    use(policy(Action.DENY, false, host));
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/"))).isNull();
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/").withSeveralHosts()))
        .isEqualTo(Refusal.UNDECIDED);
    assertThat(lines.get(0)).contains("it names several hosts");
  }

  @Test
  void whereTheAdapterFailsTheRequestIsRefused() {
    List<Throwable> failures = new ArrayList<>();
    InboundGate.onFailure(failures::add);
    use(denyAdmin(false));
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/").failing()))
        .isEqualTo(Refusal.UNDECIDED);
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/").failing()))
        .isEqualTo(Refusal.UNDECIDED);
    assertThat(failures).hasSize(2);
  }

  @Test
  void aRequestObjectServesManyConnections() {
    AttributeMatch ops = match(Attribute.SOURCE_PRINCIPAL, ADMIN.principal());
    use(policy(Action.ALLOW, false, ops));
    ScriptedRequest request = ScriptedRequest.get("/", "/");
    assertThat(InboundGate.judge(request)).isNotNull();
    assertThat(InboundGate.judge(request.on(ScriptedRequest.connection(ADMIN, 8080)))).isNull();
    assertThat(InboundGate.judge(request.on(ScriptedRequest.connection(null, 8080)))).isNotNull();
  }

  @Test
  void newPoliciesHoldForConnectionsThatAreOpen() {
    ScriptedRequest request = ScriptedRequest.get("/admin/x", "/admin/x");
    use(denyAdmin(false));
    assertThat(InboundGate.judge(request)).isNotNull();
    use(policy(Action.DENY, false, match(Attribute.PATH, "/other")));
    assertThat(InboundGate.judge(request)).isNull();
  }

  @Test
  void policiesThatCannotBeUsedLeaveThoseBefore() {
    use(denyAdmin(false));
    AttributeMatch broken = match(Attribute.SOURCE_IP, "here");
    assertThatThrownBy(() -> use(policy(Action.DENY, false, broken)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin/x", "/admin/x"))).isNotNull();
  }

  @Test
  void auditsAndDryRunsAreToldAndDecideNothing() {
    use(denyAdmin(true), policy(Action.AUDIT, false, match(Attribute.PATH, "/admin/*")));
    assertThat(InboundGate.judge(ScriptedRequest.get("/admin/x", "/admin/x"))).isNull();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("authorization: audit: rule 0 of shop/guard matches: GET");
    assertThat(lines.get(1)).startsWith("authorization: dry run: denied by rule 0 of shop/guard:");
    assertThat(authorization.metrics().text())
        .contains("heddle_authorization_audited_total{reason=\"ALLOWED\",policy=\"shop/guard\"")
        .contains("heddle_authorization_dry_run_total{reason=\"DENIED\",policy=\"shop/guard\"");
  }

  @Test
  void linesAreBoundedAMinute() {
    use(denyAdmin(false));
    for (int i = 0; i < 100; i++) {
      InboundGate.judge(ScriptedRequest.get("/admin/\r\n[heddle] lie", "/admin/x"));
    }
    assertThat(lines).hasSize(60);
    assertThat(lines.get(0)).contains("/admin/??[heddle]?lie");
    now += 60_000_000_000L;
    InboundGate.judge(ScriptedRequest.get("/admin/x", "/admin/x"));
    assertThat(lines.get(60)).endsWith("(40 before it were not written)");
  }

  @Test
  void aConnectionWithoutRequestsIsDeniedByWhatRulesSayOfRequests() {
    use(denyAdmin(false));
    assertThat(authorization.admits(ScriptedRequest.connection(null, 8080))).isFalse();
    assertThat(authorization.mayAdmit(ScriptedRequest.connection(null, 8080))).isTrue();
    assertThat(lines.get(0)).contains("a connection to port 8080");
  }

  @Test
  void aTokenThatNoRuleBelievesIsRefusedAndNoTokenIsNot() {
    JwtRule rule =
        JwtRule.builder()
            .policy("shop/tokens")
            .issuer("issuer")
            .outputPayloadToHeader("x-payload")
            .build();
    authorization.use(
        WorkloadPolicy.of(
            MutualTlsMode.PERMISSIVE,
            Collections.emptyMap(),
            Collections.emptyList(),
            Collections.singletonList(rule)));
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/"))).isNull();
    Refusal refused =
        Objects.requireNonNull(
            InboundGate.judge(ScriptedRequest.get("/", "/").with("authorization", "Bearer a.b.c")));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.challenge()).isEqualTo("Bearer realm=\"host\", error=\"invalid_token\"");
    assertThat(InboundGate.judge(ScriptedRequest.get("/?access_token=a.b.c", "/"))).isNotNull();
    assertThat(authorization.metrics().text())
        .contains("heddle_authorization_unauthenticated_total 2\n");
    ScriptedRequest forged = ScriptedRequest.get("/", "/").with("x-payload", "mine");
    assertThat(InboundGate.judge(forged)).isNull();
    assertThat(forged.header("x-payload")).isNull();
    assertThat(forged.isEdited()).isTrue();
  }

  @Test
  void untilPoliciesAreKnownRequestsWaitAndThenModeDecides() {
    authorization.await(0, true, e -> {});
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/"))).isEqualTo(Refusal.NOT_READY);
    authorization.await(0, false, e -> {});
    assertThat(InboundGate.judge(ScriptedRequest.get("/", "/"))).isNull();
  }

  @Test
  void aRequestThatWaitedIsJudgedByThePoliciesThatCame() throws Exception {
    authorization.await(Long.MAX_VALUE, true, e -> {});
    CompletableFuture<Refusal> judged =
        CompletableFuture.supplyAsync(
            () -> InboundGate.judge(ScriptedRequest.get("/admin/x", "/admin/x")));
    use(denyAdmin(false));
    assertThat(judged.get(10, TimeUnit.SECONDS)).isEqualTo(Refusal.DENIED);
  }

  private void use(AuthorizationPolicy... policies) {
    authorization.use(
        WorkloadPolicy.of(
            MutualTlsMode.PERMISSIVE,
            Collections.emptyMap(),
            Arrays.asList(policies),
            Collections.emptyList()));
  }

  private static AuthorizationPolicy denyAdmin(boolean dryRun) {
    return policy(Action.DENY, dryRun, match(Attribute.PATH, "/admin/*"));
  }

  private static AttributeMatch match(Attribute attribute, String value) {
    return AttributeMatch.of(
        attribute, "", Collections.singletonList(value), Collections.emptyList());
  }

  private static AuthorizationPolicy policy(Action action, boolean dryRun, AttributeMatch when) {
    AuthorizationRule rule =
        AuthorizationRule.of(
            Collections.emptyList(), Collections.emptyList(), Collections.singletonList(when));
    return AuthorizationPolicy.of("shop/guard", action, dryRun, Collections.singletonList(rule));
  }
}
