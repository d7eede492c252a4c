package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class AuthorizerPropertyTest {

  private static final int TRIES = 2_000;

  @Provide
  Arbitrary<List<AuthorizationPolicy>> policies() {
    Arbitrary<AuthorizationRule> rule =
        Combinators.combine(alternatives(true), alternatives(false), all(any()))
            .as(AuthorizationRule::of);
    return Combinators.combine(
            Arbitraries.of("a/a", "b/b"), Arbitraries.of(Action.class), rule.list().ofMaxSize(3))
        .as((name, action, rules) -> AuthorizationPolicy.of(name, action, false, rules))
        .list()
        .ofMaxSize(5);
  }

  private static Arbitrary<List<List<AttributeMatch>>> alternatives(boolean ofConnection) {
    return all(ofConnection ? ofConnection() : ofRequest()).list().ofMaxSize(2);
  }

  private static Arbitrary<List<AttributeMatch>> all(Arbitrary<AttributeMatch> match) {
    return match.list().ofMaxSize(2);
  }

  private static Arbitrary<AttributeMatch> any() {
    return Arbitraries.oneOf(ofConnection(), ofRequest());
  }

  private static Arbitrary<AttributeMatch> ofConnection() {
    return Arbitraries.oneOf(
        match(Attribute.SOURCE_NAMESPACE, "", "shop", "lab", "s*"),
        match(Attribute.SOURCE_IP, "", "10.0.0.9", "10.9.0.0/16"),
        match(Attribute.DESTINATION_PORT, "", "8080", "80"));
  }

  private static Arbitrary<AttributeMatch> ofRequest() {
    return Arbitraries.oneOf(
        match(Attribute.METHOD, "", "GET", "POST", "*"),
        match(Attribute.PATH, "", "/a", "/a*", "/a/*", "*b", "/{*}", "/"),
        match(Attribute.REQUEST_HEADER, "x", "1", "1*", "*"),
        match(Attribute.UNSUPPORTED, "u", "1"));
  }

  private static Arbitrary<AttributeMatch> match(Attribute attribute, String key, String... texts) {
    Arbitrary<List<String>> some = Arbitraries.of(texts).list().ofMaxSize(2);
    return Combinators.combine(some, some)
        .as((like, notLike) -> AttributeMatch.of(attribute, key, like, notLike));
  }

  @Provide
  Arbitrary<TestConnection> connection() {
    return Arbitraries.of(
        TestConnection.plain(),
        TestConnection.of("shop", "cart"),
        TestConnection.of("lab", "a").from("10.9.1.1"),
        TestConnection.of("shop", "cart").to(80));
  }

  @Provide
  Arbitrary<TestCall> call() {
    return Combinators.combine(
            Arbitraries.of("GET", "POST", "get"),
            Arbitraries.of("/", "/a", "/a/b", "/c/b").injectNull(0.2),
            Arbitraries.of("", "1", "12"))
        .as(
            (method, path, header) -> {
              TestCall call = TestCall.of(method, path);
              return header.isEmpty() ? call : call.header("x", header);
            });
  }

  @Property(tries = TRIES)
  void theIndexAnswersAsALookThroughAllRulesInTheirOrder(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    Decision decision = Authorizer.of(policies).on(connection).request(call);

    assertThat(decision).isEqualTo(lookThrough(policies, connection, call));
  }

  /** Istio's order, rule by rule, without anything prepared. */
  private static Decision lookThrough(
      List<AuthorizationPolicy> policies, TestConnection connection, TestCall call) {
    for (Action refusing : Arrays.asList(Action.CUSTOM, Action.DENY)) {
      Decision refused = first(policies, refusing, connection, call);
      if (refused != null) {
        return refused;
      }
    }
    if (policies.stream().noneMatch(policy -> policy.action() == Action.ALLOW)) {
      return Decision.NO_POLICY;
    }
    Decision allowed = first(policies, Action.ALLOW, connection, call);
    return allowed == null ? Decision.NOTHING_ALLOWS : allowed;
  }

  private static @Nullable Decision first(
      List<AuthorizationPolicy> policies, Action action, TestConnection connection, TestCall call) {
    for (AuthorizationPolicy policy : policies) {
      for (int i = 0; policy.action() == action && i < policy.rules().size(); i++) {
        if (new CompiledRule(policy, i).failing(connection, call).isEmpty()) {
          return Decision.of(policy, i);
        }
      }
    }
    return null;
  }

  @Property(tries = TRIES)
  void notToKnowThePathLetsInNobodyWhomSomePathWouldNot(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    TestCall unknown = TestCall.of(call.method(), null);
    if (Authorizer.of(policies).on(connection).request(unknown).allowed()) {
      assertThat(
              Authorizer.of(policies)
                  .on(connection)
                  .request(TestCall.of(call.method(), call.path()))
                  .allowed())
          .isTrue();
    }
  }

  @Property(tries = TRIES)
  void aConnectionThatIsLetInWithoutRequestsLetsEveryRequestIn(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    Authorizer authorizer = Authorizer.of(policies);
    if (authorizer.connection(connection).allowed()) {
      assertThat(authorizer.on(connection).request(call).allowed()).isTrue();
      assertThat(authorizer.on(connection).mayAdmit()).isTrue();
    }
  }

  @Property(tries = TRIES)
  void aConnectionThatNeedNotBeTakenLetsNoRequestIn(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    ConnectionAuthorizer authorizer = Authorizer.of(policies).on(connection);
    if (!authorizer.mayAdmit()) {
      assertThat(authorizer.request(call).allowed()).isFalse();
    }
  }

  @Property(tries = TRIES)
  void onePolicyMoreThatDeniesLetsInNobodyMore(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    for (AuthorizationPolicy policy : policies) {
      List<AuthorizationPolicy> without = new ArrayList<>(policies);
      without.remove(policy);
      if (policy.action() == Action.DENY
          && Authorizer.of(policies).on(connection).request(call).allowed()) {
        assertThat(Authorizer.of(without).on(connection).request(call).allowed()).isTrue();
      }
    }
  }

  @Property(tries = TRIES)
  void theSameIsDecidedByWhatIsTriedOut(
      @ForAll("policies") List<AuthorizationPolicy> policies,
      @ForAll("connection") TestConnection connection,
      @ForAll("call") TestCall call) {
    List<Decision> tried = new ArrayList<>();
    List<AuthorizationPolicy> dryRun = new ArrayList<>();
    policies.forEach(
        p -> dryRun.add(AuthorizationPolicy.of(p.name(), p.action(), true, p.rules())));
    ConnectionAuthorizer authorizer = Authorizer.of(dryRun).on(connection);
    authorizer.observe(
        call,
        new AuthorizationObserver() {
          @Override
          public void audited(Decision matched) {
            throw new AssertionError("a policy that is tried out audits nothing");
          }

          @Override
          public void tried(Decision decision) {
            tried.add(decision);
          }
        });

    assertThat(authorizer.request(call)).isEqualTo(Decision.NO_POLICY);
    assertThat(tried)
        .isEqualTo(
            policies.isEmpty()
                ? Collections.emptyList()
                : Collections.singletonList(Authorizer.of(policies).on(connection).request(call)));
  }
}
