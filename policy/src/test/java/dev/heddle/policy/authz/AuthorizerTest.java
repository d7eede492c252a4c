package dev.heddle.policy.authz;

import static dev.heddle.policy.authz.Policies.allow;
import static dev.heddle.policy.authz.Policies.claim;
import static dev.heddle.policy.authz.Policies.deny;
import static dev.heddle.policy.authz.Policies.dryRun;
import static dev.heddle.policy.authz.Policies.header;
import static dev.heddle.policy.authz.Policies.is;
import static dev.heddle.policy.authz.Policies.isNot;
import static dev.heddle.policy.authz.Policies.only;
import static dev.heddle.policy.authz.Policies.policy;
import static dev.heddle.policy.authz.Policies.rule;
import static dev.heddle.policy.authz.Policies.source;
import static dev.heddle.policy.authz.Policies.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import dev.heddle.policy.authz.Decision.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {

  private static final TestConnection CART = TestConnection.of("shop", "cart");
  private static final TestCall GET = TestCall.of("GET", "/items/1");

  private static Decision decide(
      ConnectionAttributes connection, RequestAttributes call, AuthorizationPolicy... policies) {
    return Authorizer.of(Arrays.asList(policies)).on(connection).request(call);
  }

  private static Map<String, Object> claims(Object... namesAndValues) {
    Map<String, Object> claims = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      claims.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return claims;
  }

  private static boolean matches(AttributeMatch condition, TestCall call) {
    return decide(CART, call, allow(rule(condition))).allowed();
  }

  private static boolean matches(AttributeMatch condition, TestConnection connection) {
    return decide(connection, GET, allow(rule(condition))).allowed();
  }

  @Test
  void withoutPoliciesEverybodyIsLetIn() {
    assertThat(decide(TestConnection.plain(), GET).reason()).isEqualTo(Reason.NO_POLICY);
    assertThat(Authorizer.NONE.connection(TestConnection.plain()).allowed()).isTrue();
  }

  @Test
  void aPolicyThatAllowsWithoutRulesLetsNobodyIn() {
    assertThat(decide(CART, GET, allow()).reason()).isEqualTo(Reason.NOTHING_ALLOWS);
    assertThat(Authorizer.of(only(allow())).on(CART).mayAdmit()).isFalse();
  }

  @Test
  void anEmptyRuleMatchesEveryCall() {
    assertThat(decide(CART, GET, allow(rule())).allowed()).isTrue();
    assertThat(decide(CART, GET, deny(rule())).allowed()).isFalse();
  }

  @Test
  void whatIsDeniedIsNotAllowedWhateverElseAllowsIt() {
    Decision decision = decide(CART, GET, allow(rule()), deny(to(is(Attribute.METHOD, "GET"))));

    assertThat(decision.reason()).isEqualTo(Reason.DENIED);
    assertThat(decision.policy()).isEqualTo("shop/deny");
    assertThat(decision.rule()).isZero();
  }

  @Test
  void aPolicyThatOnlyDeniesLetsEverythingElseIn() {
    assertThat(decide(CART, GET, deny(to(is(Attribute.METHOD, "POST")))).reason())
        .isEqualTo(Reason.NO_POLICY);
  }

  @Test
  void whatAnotherServiceWouldDecideIsDeniedBeforeAllElse() {
    AuthorizationPolicy custom =
        policy("shop/opa", Action.CUSTOM, to(is(Attribute.PATH, "/items/*")));

    assertThat(decide(CART, GET, allow(rule()), custom).reason())
        .isEqualTo(Reason.CUSTOM_NOT_SUPPORTED);
    assertThat(decide(CART, TestCall.of("GET", "/"), allow(rule()), custom).allowed()).isTrue();
  }

  @Test
  void oneSourceOneOperationAndAllConditionsMustMatch() {
    AuthorizationRule rule =
        AuthorizationRule.of(
            Arrays.asList(
                Collections.singletonList(is(Attribute.SOURCE_NAMESPACE, "lab")),
                Arrays.asList(
                    is(Attribute.SOURCE_NAMESPACE, "shop"),
                    isNot(Attribute.SOURCE_IP, "10.0.0.9"))),
            Arrays.asList(
                Collections.singletonList(is(Attribute.METHOD, "POST")),
                Collections.singletonList(is(Attribute.PATH, "/items/*"))),
            Collections.singletonList(header("x-user", "*")));
    TestCall call = GET.header("x-user", "ann");

    assertThat(decide(TestConnection.of("lab", "a"), call, allow(rule)).allowed()).isTrue();
    assertThat(decide(CART, call, allow(rule)).allowed()).isFalse();
    assertThat(decide(CART.from("10.0.0.8"), call, allow(rule)).allowed()).isTrue();
    assertThat(decide(CART.from("10.0.0.8"), GET, allow(rule)).allowed()).isFalse();
    assertThat(
            decide(
                    CART.from("10.0.0.8"),
                    TestCall.of("GET", "/other").header("x-user", "ann"),
                    allow(rule))
                .allowed())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "SOURCE_PRINCIPAL, cluster.local/ns/shop/sa/cart, true",
    "SOURCE_PRINCIPAL, cluster.local/ns/shop/sa/car, false",
    "SOURCE_PRINCIPAL, cluster.local/ns/shop/*, true",
    "SOURCE_PRINCIPAL, */sa/cart, true",
    "SOURCE_PRINCIPAL, spiffe://cluster.local/ns/shop/sa/cart, false",
    "SOURCE_PRINCIPAL, *, true",
    "SOURCE_NAMESPACE, shop, true",
    "SOURCE_NAMESPACE, sho, false",
    "SOURCE_NAMESPACE, s*p, true",
    "SOURCE_NAMESPACE, *s*h*o*p*, true",
    "SOURCE_NAMESPACE, *x*, false",
    "SOURCE_NAMESPACE, shop*shop, false",
    "SOURCE_NAMESPACE, *, true",
    "SOURCE_SERVICE_ACCOUNT, shop/cart, true",
    "SOURCE_SERVICE_ACCOUNT, lab/cart, false",
    "SOURCE_TRUST_DOMAIN, cluster.local, true",
    "SOURCE_IP, 10.0.0.9, true",
    "SOURCE_IP, 10.0.0.0/29, false",
    "SOURCE_IP, 10.0.0.0/28, true",
    "SOURCE_IP, 0.0.0.0/0, true",
    "SOURCE_IP, ::/0, false",
    "SOURCE_IP, ::ffff:10.0.0.0/104, true",
    "DESTINATION_IP, 10.0.0.1, true",
    "DESTINATION_PORT, 8080, true",
    "DESTINATION_PORT, 80, false",
    "CONNECTION_SNI, outbound_.80_*, true",
    "HOST, CART:8080, true",
    "HOST, cart, false",
    "HOST, cart:*, true",
    "HOST, *:8080, true",
    "METHOD, GET, true",
    "METHOD, G*, true",
    "METHOD, get, false",
    "PATH, /items/1, true",
    "PATH, /items/1/, false",
    "PATH, /ITEMS/1, false",
    "PATH, /items*, true",
    "PATH, */1, true",
    "PATH, /it%65ms/1, true",
    "PATH, /items/{*}, true",
    "PATH, /{**}/1, true",
    "PATH, /{*}, false",
    "UNSUPPORTED, *, false"
  })
  void aValueMatchesAndItsNotFormDoesNot(Attribute attribute, String value, boolean matches) {
    assertThat(decide(CART, GET, allow(rule(is(attribute, value)))).allowed()).isEqualTo(matches);
    if (attribute != Attribute.UNSUPPORTED) {
      assertThat(decide(CART, GET, allow(rule(isNot(attribute, value)))).allowed())
          .isEqualTo(!matches);
    }
  }

  @Test
  void withoutMeshTlsNoNameMatchesAndEveryNotFormDoes() {
    for (Attribute name :
        Arrays.asList(
            Attribute.SOURCE_PRINCIPAL,
            Attribute.SOURCE_NAMESPACE,
            Attribute.SOURCE_SERVICE_ACCOUNT,
            Attribute.SOURCE_TRUST_DOMAIN,
            Attribute.CONNECTION_SNI)) {
      assertThat(matches(is(name, "*"), TestConnection.plain())).as("%s", name).isFalse();
      assertThat(matches(isNot(name, "x"), TestConnection.plain())).as("%s", name).isTrue();
    }
  }

  @Test
  void aHeaderIsPresentEvenIfItIsEmptyAndSeveralAreOneText() {
    assertThat(matches(header("x", "*"), GET.header("x", ""))).isTrue();
    assertThat(matches(header("x", "*"), GET)).isFalse();
    assertThat(matches(header("x", "a"), GET.header("x", "a,b"))).isFalse();
    assertThat(matches(header("x", "a*"), GET.header("x", "a,b"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.com/users/ann, true",
    "https://a.com/users/*, true",
    "https://a.com/users/a*, true",
    "*a.com/users/ann, true",
    "*/ann, true",
    "*ann, true",
    "https*, true",
    "*, true",
    "https://a.com/users, false",
    "https://a.com/users/bob, false",
    "ann, false",
    "*/bob, false"
  })
  void aRequestPrincipalIsItsIssuerAndItsSubject(String value, boolean matches) {
    TestCall call = GET.token(claims("iss", "https://a.com/users", "sub", "ann"));

    assertThat(matches(is(Attribute.REQUEST_PRINCIPAL, value), call)).isEqualTo(matches);
    assertThat(matches(is(Attribute.REQUEST_PRINCIPAL, value), GET)).isFalse();
    assertThat(matches(isNot(Attribute.REQUEST_PRINCIPAL, value), call)).isEqualTo(!matches);
    assertThat(matches(isNot(Attribute.REQUEST_PRINCIPAL, value), GET)).isTrue();
  }

  @Test
  void aPrincipalNeedsBothItsParts() {
    TestCall noSubject = GET.token(claims("iss", "a"));

    assertThat(matches(is(Attribute.REQUEST_PRINCIPAL, "*"), noSubject)).isFalse();
  }

  @Test
  void claimsAreTextsListsOrNested() {
    TestCall call =
        GET.token(
            claims(
                "aud",
                Arrays.asList("x", "y"),
                "azp",
                "client",
                "scope",
                "read  write",
                "groups",
                Arrays.asList("admin", 7),
                "realm",
                claims("roles", Arrays.asList("owner")),
                "age",
                7));

    assertThat(matches(is(Attribute.REQUEST_AUDIENCES, "y"), call)).isTrue();
    assertThat(matches(is(Attribute.REQUEST_PRESENTER, "client"), call)).isTrue();
    assertThat(matches(claim("scope", "write"), call)).isTrue();
    assertThat(matches(claim("scope", "read  write"), call)).isFalse();
    assertThat(matches(claim("groups", "adm*"), call)).isTrue();
    assertThat(matches(claim("realm][roles", "owner"), call)).isTrue();
    assertThat(matches(claim("realm", "owner"), call)).isFalse();
    assertThat(matches(claim("age", "7"), call)).isFalse();
    assertThat(matches(claim("none][at all", "*"), call)).isFalse();
  }

  @Test
  void theClientBehindProxiesIsTheLastThatWasForwarded() {
    AttributeMatch lab = is(Attribute.REMOTE_IP, "10.9.0.0/16");

    assertThat(matches(lab, GET.header("x-forwarded-for", "1.1.1.1, 10.9.1.1"))).isTrue();
    assertThat(matches(lab, GET.header("x-forwarded-for", "10.9.1.1, 1.1.1.1"))).isFalse();
    assertThat(matches(lab, GET.header("x-forwarded-for", "10.9.1.1, nonsense"))).isFalse();
    assertThat(matches(lab, CART.from("10.9.2.2"))).isTrue();
  }

  @Test
  void aPathThatCannotBeToldIsDeniedByWhatDeniesAndNotAllowedByWhatAllows() {
    TestCall unknown = TestCall.of("GET", null);

    assertThat(decide(CART, unknown, deny(to(is(Attribute.PATH, "/admin")))).allowed()).isFalse();
    assertThat(decide(CART, unknown, deny(to(isNot(Attribute.PATH, "/x")))).allowed()).isFalse();
    assertThat(decide(CART, unknown, allow(to(is(Attribute.PATH, "/*")))).allowed()).isFalse();
    assertThat(decide(CART, unknown, allow(to(isNot(Attribute.PATH, "/x")))).allowed()).isFalse();
    assertThat(decide(CART, unknown, allow(to(is(Attribute.METHOD, "GET")))).allowed()).isTrue();
  }

  @Test
  void aMethodThatIsNotInUpperCaseIsNoMethodThatIsKnown() {
    TestCall odd = TestCall.of("Get", "/");

    assertThat(decide(CART, odd, deny(to(is(Attribute.METHOD, "GET")))).allowed()).isFalse();
    assertThat(decide(CART, odd, allow(to(is(Attribute.METHOD, "*")))).allowed()).isFalse();
    assertThat(decide(CART, odd, allow(to(isNot(Attribute.METHOD, "GET")))).allowed()).isFalse();
  }

  @Test
  void onAConnectionWithoutRequestsWhatDeniesIsWidenedAndWhatAllowsIsLeftOut() {
    AuthorizationRule get = to(is(Attribute.METHOD, "GET"));
    AuthorizationRule getOnOtherPort =
        AuthorizationRule.of(
            Collections.emptyList(),
            Collections.singletonList(
                Arrays.asList(is(Attribute.METHOD, "GET"), is(Attribute.DESTINATION_PORT, "9090"))),
            Collections.emptyList());
    AuthorizationRule portOrGet =
        to(is(Attribute.DESTINATION_PORT, "8080"), is(Attribute.METHOD, "GET"));

    assertThat(connection(deny(get)).allowed()).isFalse();
    assertThat(connection(deny(getOnOtherPort)).allowed()).isTrue();
    assertThat(connection(allow(get)).allowed()).isFalse();
    assertThat(connection(allow(portOrGet)).reason()).isEqualTo(Reason.NOTHING_ALLOWS);
    assertThat(connection(allow(source(is(Attribute.SOURCE_NAMESPACE, "shop")))).allowed())
        .isTrue();
    assertThat(connection(allow(rule(is(Attribute.REMOTE_IP, "10.0.0.9")))).allowed()).isTrue();
  }

  private static Decision connection(AuthorizationPolicy... policies) {
    return Authorizer.of(Arrays.asList(policies)).connection(CART);
  }

  @Test
  void aConnectionOnWhichNoRequestCanPassNeedNotBeTaken() {
    AuthorizationRule lab =
        AuthorizationRule.of(
            Collections.singletonList(
                Collections.singletonList(is(Attribute.SOURCE_NAMESPACE, "lab"))),
            Collections.singletonList(Collections.singletonList(is(Attribute.METHOD, "GET"))),
            Collections.emptyList());

    assertThat(Authorizer.of(only(allow(lab))).on(CART).mayAdmit()).isFalse();
    assertThat(Authorizer.of(only(deny(lab))).on(CART).mayAdmit()).isTrue();
    assertThat(Authorizer.of(only(deny(lab))).on(TestConnection.of("lab", "a")).mayAdmit())
        .isTrue();
    assertThat(Authorizer.of(only(deny(rule()))).on(CART).mayAdmit()).isFalse();
    assertThat(Authorizer.of(only(deny(lab))).needsRequests()).isTrue();
    assertThat(Authorizer.of(only(deny(rule()))).needsRequests()).isFalse();
  }

  @Test
  void whatIsTriedOutOrAuditedIsToldAndDecidesNothing() {
    List<String> told = new ArrayList<>();
    ConnectionAuthorizer authorizer =
        Authorizer.of(
                Arrays.asList(
                    dryRun("shop/try", Action.DENY, to(is(Attribute.METHOD, "GET"))),
                    policy("shop/audit", Action.AUDIT, rule(), to(is(Attribute.METHOD, "POST")))))
            .on(CART);

    assertThat(authorizer.request(GET).reason()).isEqualTo(Reason.NO_POLICY);
    assertThat(authorizer.observes()).isTrue();
    authorizer.observe(
        GET,
        new AuthorizationObserver() {
          @Override
          public void audited(Decision matched) {
            told.add("audited " + matched.policy() + " " + matched.rule());
          }

          @Override
          public void tried(Decision decision) {
            told.add("tried " + decision);
          }
        });
    assertThat(told).containsExactly("audited shop/audit 0", "tried denied by rule 0 of shop/try");
  }

  @Test
  void anExplanationNamesWhatFails() {
    Authorizer authorizer =
        Authorizer.of(
            Arrays.asList(
                deny(to(is(Attribute.METHOD, "POST"))),
                allow(source(is(Attribute.SOURCE_NAMESPACE, "lab")), rule())));

    Explanation why = authorizer.explain(CART, GET);

    assertThat(why.decision()).hasToString("allowed by rule 1 of shop/allow");
    assertThat(why.rules())
        .extracting(Object::toString)
        .containsExactly(
            "DENY shop/deny rule 0: no, because of [to[0] METHOD in [POST]]",
            "ALLOW shop/allow rule 0: no, because of [from[0] SOURCE_NAMESPACE in [lab]]",
            "ALLOW shop/allow rule 1: matches");
    assertThat(authorizer.explain(CART, null).decision().reason()).isEqualTo(Reason.DENIED);
  }

  @Test
  void aRuleThatCannotBeUsedIsRefusedWithItsPolicy() {
    assertThatThrownBy(
            () -> Authorizer.of(only(allow(rule(is(Attribute.SOURCE_IP, "10.0.0.0/33"))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "AuthorizationPolicy shop/allow: \"10.0.0.0/33\" (expected: an IP address, or a block"
                + " like 10.0.0.0/8)");
    assertThatThrownBy(
            () -> Authorizer.of(only(allow(rule(is(Attribute.DESTINATION_PORT, "http"))))))
        .hasMessageContaining("port \"http\" (expected: 0 to 65535)");
    assertThatThrownBy(() -> Authorizer.of(only(allow(rule(is(Attribute.PATH, "/{**}/{*}"))))))
        .hasMessageContaining("operator behind {**}");
  }
}
