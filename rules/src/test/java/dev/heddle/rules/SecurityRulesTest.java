package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.rules.security.MutualTls;
import dev.heddle.rules.security.MutualTlsMode;
import dev.heddle.rules.security.PolicyAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The security kinds: what is read, what Istio's validation refuses, what is not honoured. */
class SecurityRulesTest {

  @Test
  void bothVersionsAreReadAndOthersRefused() {
    String text = Yaml.policy("{}");

    assertThat(Yaml.warnings(text)).isEmpty();
    assertThat(Yaml.warnings(text.replace("/v1", "/v1beta1"))).isEmpty();
    assertThat(Yaml.problems(text.replace("/v1", "/v1alpha3")))
        .contains("apiVersion is security.istio.io/v1alpha3 (expected: version [v1, v1beta1])");
  }

  @Test
  void aKindIsLookedForInItsOwnGroup() {
    assertThat(Yaml.problems(Yaml.object("AuthorizationPolicy", "{}")))
        .contains("kind is AuthorizationPolicy, which is not supported yet");
    assertThat(Yaml.problems(Yaml.security("VirtualService", "{}")))
        .contains("kind is VirtualService, which is not supported yet");
  }

  @Test
  void aPeerAuthenticationIsRead() {
    var spec =
        Yaml.accepted(
                Yaml.security(
                    "PeerAuthentication",
                    "{selector: {matchLabels: {app: a}}, mtls: {mode: STRICT},"
                        + " port_level_mtls: {8080: {mode: DISABLE}, 9090: {}}}"),
                PeerAuthentication.class)
            .spec();

    assertThat(spec.mtls()).isEqualTo(new MutualTls(MutualTlsMode.STRICT));
    assertThat(spec.portLevelMtls().get("8080")).isEqualTo(new MutualTls(MutualTlsMode.DISABLE));
    assertThat(spec.portLevelMtls().get("9090")).isEqualTo(new MutualTls(null));
  }

  @Test
  void theNumbersOfEnumsAreIstios() {
    assertThat(PolicyAction.values())
        .extracting(Enum::name)
        .containsExactly("ALLOW", "DENY", "AUDIT", "CUSTOM");
    assertThat(MutualTlsMode.values())
        .extracting(Enum::name)
        .containsExactly("UNSET", "DISABLE", "PERMISSIVE", "STRICT");
  }

  @Test
  void actionCustomIsReported() {
    assertThat(
            Yaml.warnings(
                Yaml.security(
                    "AuthorizationPolicy", "{action: CUSTOM, provider: {name: opa}, rules: [{}]}")))
        .contains("spec.action CUSTOM is not supported yet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: []} | from is empty (expected: at least one, or no such field, which means any)",
        "{to: []} | to is empty (expected: at least one, or no such field, which means any)",
        "{from: [~]} | from is empty",
        "{from: [{}]} | from[0].source is empty (expected: at least one field with values)",
        "{from: [{source: {}}]} | from[0].source is empty",
        "{from: [{source: {principals: []}}]} | from[0].source is empty",
        "{from: [{source: {principals: ['']}}]} | from[0].source.principals[0] is empty (expected: a value; * stands for any)",
        "{from: [{source: {ipBlocks: [10.0.0.0/33]}}]} | from[0].source.ipBlocks[0] is \"10.0.0.0/33\" (expected: an IP address",
        "{from: [{source: {ipBlocks: [10.0.0]}}]} | from[0].source.ipBlocks[0] is \"10.0.0\"",
        "{from: [{source: {ipBlocks: [010.0.0.1]}}]} | from[0].source.ipBlocks[0] is \"010.0.0.1\"",
        "{from: [{source: {notRemoteIpBlocks: [example.com]}}]} | from[0].source.notRemoteIpBlocks[0] is \"example.com\"",
        "{from: [{source: {ipBlocks: ['fe80::1%eth0']}}]} | from[0].source.ipBlocks[0] is \"fe80::1%eth0\"",
        "{from: [{source: {serviceAccounts: [a/b/c]}}]} | from[0].source.serviceAccounts[0] is \"a/b/c\" (expected: a service account",
        "{from: [{source: {serviceAccounts: ['a/*']}}]} | from[0].source.serviceAccounts[0] is \"a/*\"",
        "{from: [{source: {serviceAccounts: [a], namespaces: [b]}}]} | from[0].source.serviceAccounts excludes principals and namespaces",
        "{to: [{operation: {}}]} | to[0].operation is empty",
        "{to: [{operation: {ports: ['65536']}}]} | to[0].operation.ports[0] is \"65536\" (expected: a port, 0 to 65535)",
        "{to: [{operation: {ports: ['http']}}]} | to[0].operation.ports[0] is \"http\"",
        "{to: [{operation: {paths: ['/a/{x}/{*}']}}]} | to[0].operation.paths[0] is \"/a/{x}/{*}\" (expected: a template",
        "{to: [{operation: {paths: ['/a/{*}x']}}]} | to[0].operation.paths[0] is",
        "{to: [{operation: {paths: ['/a*/{*}']}}]} | to[0].operation.paths[0] is",
        "{to: [{operation: {paths: ['/{**}/a/{*}']}}]} | to[0].operation.paths[0] is",
        "{when: [{values: [a]}]} | when[0].key is absent",
        "{when: [{key: source.ip}]} | when[0] has neither values nor notValues",
        "{when: [{key: source.ip, values: [x]}]} | when[0].values[0] is \"x\"",
        "{when: [{key: source.labels, values: [x]}]} | when[0].key is \"source.labels\" (expected: one of request.headers[NAME]",
        "{when: [{key: 'request.headers', values: [x]}]} | when[0].key is \"request.headers\"",
        "{when: [{key: 'request.headers[]', values: [x]}]} | when[0].key is \"request.headers[]\"",
        "{when: [{key: 'request.headersx[a]', values: [x]}]} | when[0].key is",
        "{when: [{key: 'request.headers[a]', values: ['']}]} | when[0].values[0] is empty",
        "{form: []} | form is not a field that Istio knows; did you mean from?",
        "{from: [{source: {principal: [a]}}]} | from[0].source.principal is not a field that Istio knows; did you mean principals?"
      })
  void aRuleThatIstioRefusesIsRefused(String rule, String problem) {
    assertThat(Yaml.problems(Yaml.policy(rule)))
        .startsWith("AuthorizationPolicy default/x: spec.rules[0]." + problem.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{from: [{source: {ipBlocks: [10.0.0.1, 10.0.0.0/8, '::1', 'fd00::/8', '::/0', 0.0.0.0/0]}}]}",
        "{from: [{source: {trustDomains: [a.b], service_accounts: [a, b/c]}}]}",
        "{to: [{operation: {paths: ['/a/{*}', '/{**}', '/a/{*}/b/{**}/c', '/a*', '*b', '*', /c]}}]}",
        "{to: [{operation: {ports: ['0', '80'], notPorts: ['65535']}}]}",
        "{when: [{key: 'request.auth.claims[a][b]', notValues: [x]}]}",
        "{when: [{key: 'experimental.envoy.filters.network.mysql_proxy[db.table]', values: ['[update]']}]}"
      })
  void aRuleThatIstioTakesIsTaken(String rule) {
    assertThat(Yaml.warnings(Yaml.policy(rule))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AuthorizationPolicy | {action: DENY} | spec.rules is empty: it would never act",
        "AuthorizationPolicy | {action: CUSTOM, rules: [{}]} | spec.provider.name is absent",
        "AuthorizationPolicy | {provider: {name: a}} | spec.provider belongs to action CUSTOM; the action is ALLOW",
        "AuthorizationPolicy | {selector: {matchLabels: {app: 'a*'}}} | spec.selector.matchLabels.app has a wildcard",
        "AuthorizationPolicy | {selector: {}, targetRefs: [{kind: Service}]} | spec has several of selector",
        "AuthorizationPolicy | {action: LOG} | spec.action is \"LOG\" (expected: one of [ALLOW, DENY, AUDIT, CUSTOM])",
        "PeerAuthentication | {portLevelMtls: {80: {mode: STRICT}}} | spec.portLevelMtls needs a selector",
        "PeerAuthentication | {selector: {matchLabels: {a: b}}, portLevelMtls: {0: {}}} | spec.portLevelMtls.0 is \"0\" (expected: a port, 1 to 65535)",
        "PeerAuthentication | {mtls: {mode: MUTUAL}} | spec.mtls.mode is \"MUTUAL\"",
        "RequestAuthentication | {jwtRules: [{}]} | spec.jwtRules[0].issuer is absent",
        "RequestAuthentication | {jwtRules: [{issuer: a, jwksUri: 'file:///a'}]} | spec.jwtRules[0].jwksUri is \"file:///a\" (expected: a URL",
        "RequestAuthentication | {jwtRules: [{issuer: a, audiences: ['']}]} | spec.jwtRules[0].audiences[0] is empty",
        "RequestAuthentication | {jwtRules: [{issuer: a, fromHeaders: [{}]}]} | spec.jwtRules[0].fromHeaders[0].name is absent",
        "RequestAuthentication | {jwtRules: [{issuer: a, fromParams: ['']}]} | spec.jwtRules[0].fromParams[0] is empty",
        "RequestAuthentication | {jwtRules: [{issuer: a, outputClaimToHeaders: [{claim: b, header: 'a b'}]}]} | spec.jwtRules[0].outputClaimToHeaders[0].header is no header's name",
        "RequestAuthentication | {jwtRules: [{issuer: a, timeout: 1us}]} | spec.jwtRules[0].timeout is 0.000001s"
      })
  void aPolicyThatIstioRefusesIsRefused(String kind, String spec, String problem) {
    assertThat(Yaml.problems(Yaml.security(kind.strip(), spec.strip())))
        .startsWith(kind.strip() + " default/x: " + problem.strip());
  }
}
