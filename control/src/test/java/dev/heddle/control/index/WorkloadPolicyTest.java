package dev.heddle.control.index;

import static dev.heddle.control.index.Yaml.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which security policies hold for a workload, and what of them. */
class WorkloadPolicyTest {

  private static final Map<String, String> CART = Map.of("app", "cart", "version", "v1");

  private static WorkloadPolicy cart(String... documents) {
    return Answers.index(documents).workload("shop", CART);
  }

  private static String peers(String namespace, String name, String created, String spec) {
    return policy("PeerAuthentication", namespace, name, spec)
        .replace("metadata: {", "metadata: {creationTimestamp: '" + created + "', ");
  }

  private static String mtls(String namespace, String mode) {
    return policy("PeerAuthentication", namespace, "default", "{mtls: {mode: " + mode + "}}");
  }

  private static String own(String mode) {
    return policy(
        "PeerAuthentication",
        "shop",
        "cart",
        "{selector: {matchLabels: {app: cart}}, mtls: {mode: " + mode + "}}");
  }

  @Test
  void aWorkloadAboutWhichNothingIsSaidTakesBoth() {
    assertThat(cart()).isEqualTo(WorkloadPolicy.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    // mesh, namespace, workload, what holds
    "STRICT, , , STRICT",
    "DISABLE, , , DISABLE",
    "UNSET, , , PERMISSIVE",
    "STRICT, DISABLE, , DISABLE",
    "STRICT, UNSET, , STRICT",
    ", STRICT, , STRICT",
    "STRICT, PERMISSIVE, DISABLE, DISABLE",
    "STRICT, PERMISSIVE, UNSET, PERMISSIVE",
    "STRICT, UNSET, UNSET, STRICT",
    ", , STRICT, STRICT",
    "DISABLE, , STRICT, STRICT"
  })
  void theNarrowerPolicyHoldsAndWhatItLeavesUnsetTheWiderSays(
      String mesh, String namespace, String workload, MutualTlsMode holds) {
    String nothing = policy("PeerAuthentication", "lab", "x", "{mtls: {mode: STRICT}}");

    assertThat(
            cart(
                    mesh == null ? nothing : mtls("istio-system", mesh),
                    namespace == null ? nothing.replace("x,", "y,") : mtls("shop", namespace),
                    workload == null ? nothing.replace("x,", "z,") : own(workload))
                .mode())
        .isEqualTo(holds);
  }

  @Test
  void aPortsOwnModeHoldsForIt() {
    WorkloadPolicy held =
        cart(
            mtls("istio-system", "STRICT"),
            policy(
                "PeerAuthentication",
                "shop",
                "cart",
                "{selector: {matchLabels: {app: cart}}, portLevelMtls: {8080: {mode: DISABLE},"
                    + " 9090: {mode: UNSET}, 9091: {}}}"));

    assertThat(held.mode()).isEqualTo(MutualTlsMode.STRICT);
    assertThat(held.mode(8080)).isEqualTo(MutualTlsMode.DISABLE);
    assertThat(held.mode(9090)).isEqualTo(MutualTlsMode.STRICT);
    assertThat(held.portModes()).hasSize(3);
  }

  @Test
  void ofSeveralOfOneWidthTheOldestHolds() {
    assertThat(
            cart(
                    peers("shop", "a", "2026-02-01T00:00:00Z", "{mtls: {mode: STRICT}}"),
                    peers("shop", "b", "2026-01-01T00:00:00Z", "{mtls: {mode: DISABLE}}"))
                .mode())
        .isEqualTo(MutualTlsMode.DISABLE);
  }

  @Test
  void aSelectorInTheRootNamespaceSelectsNothing() {
    String inRoot =
        policy(
            "PeerAuthentication",
            "istio-system",
            "cart",
            "{selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT}}");

    assertThat(cart(inRoot).mode()).isEqualTo(MutualTlsMode.PERMISSIVE);
    assertThat(Answers.index(inRoot).workload("istio-system", CART).mode())
        .isEqualTo(MutualTlsMode.PERMISSIVE);
    assertThat(YamlState.problems(inRoot)).contains("has no effect in the root namespace");
  }

  private static List<String> names(String... documents) {
    return cart(documents).policies().stream().map(AuthorizationPolicy::name).toList();
  }

  private static String access(String namespace, String name, String selector) {
    return policy(
        "AuthorizationPolicy", namespace, name, "{selector: {matchLabels: {" + selector + "}}}");
  }

  @Test
  void policiesApplyByNamespaceAndLabelsAndThoseOfTheRootEverywhere() {
    assertThat(
            names(
                access("shop", "all", ""),
                access("shop", "cart", "app: cart"),
                access("shop", "cart-v2", "app: cart, version: v2"),
                access("lab", "all", ""),
                access("istio-system", "mesh", ""),
                access("istio-system", "carts", "app: cart"),
                access("istio-system", "items", "app: items"),
                policy(
                    "AuthorizationPolicy",
                    "shop",
                    "waypoint",
                    "{targetRefs: [{kind: Service, name: cart}]}")))
        .containsExactlyInAnyOrder(
            "shop/all", "shop/cart", "istio-system/mesh", "istio-system/carts");
  }

  @Test
  void noTargetsAreNoTargets() {
    String spec = "{targetRefs: [], selector: {matchLabels: {app: cart}}, rules: [{}]}";
    assertThat(names(policy("AuthorizationPolicy", "shop", "cart", spec)))
        .containsExactly("shop/cart");
  }

  private static AuthorizationPolicy compiled(String trustDomain, String spec) {
    String text = policy("AuthorizationPolicy", "shop", "p", spec);
    return new MeshIndex(YamlState.of(text), trustDomain, KeySets.NONE)
        .workload("shop", CART)
        .policies()
        .get(0);
  }

  private static AttributeMatch match(
      Attribute attribute, String key, List<String> values, List<String> notValues) {
    return AttributeMatch.of(attribute, key, values, notValues);
  }

  @Test
  void fieldsAndConditionsBecomeAttributes() {
    AuthorizationPolicy policy =
        compiled(
            "cluster.local",
            """
            {action: DENY, rules: [{
              from: [{source: {serviceAccounts: [a, lab/b], notIpBlocks: [10.0.0.0/8]}},
                     {source: {requestPrincipals: ['*']}}],
              to: [{operation: {paths: ['/a*'], notMethods: [GET]}}],
              when: [{key: 'request.headers[X-User]', values: [ann]},
                     {key: 'request.auth.claims[realm][roles]', notValues: [owner]},
                     {key: 'experimental.envoy.filters.a[b]', values: [c]}]}]}""");

    assertThat(policy.action()).isEqualTo(AuthorizationPolicy.Action.DENY);
    var rule = policy.rules().get(0);
    assertThat(rule.from())
        .containsExactly(
            List.of(
                match(Attribute.SOURCE_SERVICE_ACCOUNT, "", List.of("shop/a", "lab/b"), List.of()),
                match(Attribute.SOURCE_IP, "", List.of(), List.of("10.0.0.0/8"))),
            List.of(match(Attribute.REQUEST_PRINCIPAL, "", List.of("*"), List.of())));
    assertThat(rule.to())
        .containsExactly(
            List.of(
                match(Attribute.METHOD, "", List.of(), List.of("GET")),
                match(Attribute.PATH, "", List.of("/a*"), List.of())));
    assertThat(rule.when())
        .containsExactly(
            match(Attribute.REQUEST_HEADER, "x-user", List.of("ann"), List.of()),
            match(Attribute.REQUEST_CLAIM, "realm][roles", List.of(), List.of("owner")),
            match(
                Attribute.UNSUPPORTED, "experimental.envoy.filters.a[b]", List.of("c"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "cluster.local/ns/a/sa/b, td/ns/a/sa/b",
    "other/ns/a/sa/b, other/ns/a/sa/b",
    "*/ns/a/sa/b, */ns/a/sa/b",
    "cluster.local/ns/a/*, cluster.local/ns/a/*"
  })
  void inAFullPrincipalTheDefaultTrustDomainIsTheMeshsOwn(String written, String compared) {
    AuthorizationPolicy policy =
        compiled("td", "{rules: [{from: [{source: {principals: ['" + written + "']}}]}]}");

    assertThat(policy.rules().get(0).from().get(0).get(0).values()).containsExactly(compared);
  }

  @Test
  void anAnnotationMakesItATrial() {
    String text = policy("AuthorizationPolicy", "shop", "p", "{rules: [{}]}");
    String annotated =
        text.replace("metadata: {", "metadata: {annotations: {istio.io/dry-run: 'true'}, ");

    assertThat(cart(text).policies().get(0).dryRun()).isFalse();
    assertThat(cart(annotated).policies().get(0).dryRun()).isTrue();
    assertThat(YamlState.problems(annotated.replace("'true'", "'yes'")))
        .contains("is neither true nor false; the policy is in force");
  }

  @Test
  void whatClosesPortsWithoutHttpAndWhatIsNeverKnownIsSaid() {
    assertThat(
            YamlState.problems(
                policy(
                    "AuthorizationPolicy",
                    "shop",
                    "p",
                    "{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}")))
        .contains("spec.rules[0] is about HTTP only: where no HTTP is understood it denies");
    assertThat(
            YamlState.problems(
                policy(
                    "AuthorizationPolicy",
                    "shop",
                    "p",
                    "{rules: [{when: [{key: 'experimental.envoy.filters.a[b]', values: [c]}]}]}")))
        .contains("has experimental.envoy.filters.a[b], which is never known here");
  }
}
