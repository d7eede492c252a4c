package dev.heddle.control.index;

import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.rules.ConditionKey;
import dev.heddle.rules.security.AccessCondition;
import dev.heddle.rules.security.AccessRule;
import dev.heddle.rules.security.OperationRule;
import dev.heddle.rules.security.PolicyAction;
import dev.heddle.rules.security.SourceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** An AuthorizationPolicy as data planes ask it: fields and conditions are attributes alike. */
final class AccessCompiler {

  /** Istio: tells what a policy would do without doing it. */
  static final String DRY_RUN = "istio.io/dry-run";

  /** What Go reads as true. */
  static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  /** The trust domain that stands for the mesh's own in rules. */
  private static final String OWN_TRUST_DOMAIN = MeshIndex.DEFAULT_TRUST_DOMAIN;

  /** Parts of a principal that names a trust domain: domain, ns, NAMESPACE, sa, ACCOUNT. */
  private static final int PRINCIPAL_PARTS = 5;

  private final String trustDomain;

  AccessCompiler(String trustDomain) {
    this.trustDomain = trustDomain;
  }

  AuthorizationPolicy policy(dev.heddle.rules.AuthorizationPolicy rule) {
    PolicyAction action = rule.spec().action() == null ? PolicyAction.ALLOW : rule.spec().action();
    String namespace = rule.metadata().namespace();
    return AuthorizationPolicy.of(
        namespace + "/" + rule.metadata().name(),
        AuthorizationPolicy.Action.valueOf(action.name()),
        TRUE.contains(rule.metadata().annotations().getOrDefault(DRY_RUN, "")),
        rule.spec().rules().stream().map(r -> rule(r, namespace)).toList());
  }

  private AuthorizationRule rule(AccessRule rule, String namespace) {
    List<List<AttributeMatch>> from = new ArrayList<>();
    if (rule.from() != null) {
      for (AccessRule.From one : rule.from()) {
        from.add(source(Objects.requireNonNull(one.source(), "from.source"), namespace));
      }
    }
    List<List<AttributeMatch>> to = new ArrayList<>();
    if (rule.to() != null) {
      for (AccessRule.To one : rule.to()) {
        to.add(operation(Objects.requireNonNull(one.operation(), "to.operation")));
      }
    }
    return AuthorizationRule.of(
        List.copyOf(from),
        List.copyOf(to),
        rule.when().stream().map(condition -> condition(condition, namespace)).toList());
  }

  private List<AttributeMatch> source(SourceRule rule, String namespace) {
    List<AttributeMatch> all = new ArrayList<>();
    add(
        all,
        Attribute.SOURCE_PRINCIPAL,
        principals(rule.principals()),
        principals(rule.notPrincipals()));
    add(all, Attribute.SOURCE_NAMESPACE, rule.namespaces(), rule.notNamespaces());
    add(
        all,
        Attribute.SOURCE_SERVICE_ACCOUNT,
        accounts(rule.serviceAccounts(), namespace),
        accounts(rule.notServiceAccounts(), namespace));
    add(
        all,
        Attribute.SOURCE_TRUST_DOMAIN,
        trustDomains(rule.trustDomains()),
        trustDomains(rule.notTrustDomains()));
    add(all, Attribute.SOURCE_IP, rule.ipBlocks(), rule.notIpBlocks());
    add(all, Attribute.REMOTE_IP, rule.remoteIpBlocks(), rule.notRemoteIpBlocks());
    add(all, Attribute.REQUEST_PRINCIPAL, rule.requestPrincipals(), rule.notRequestPrincipals());
    return List.copyOf(all);
  }

  private static List<AttributeMatch> operation(OperationRule rule) {
    List<AttributeMatch> all = new ArrayList<>();
    add(all, Attribute.DESTINATION_PORT, rule.ports(), rule.notPorts());
    add(all, Attribute.METHOD, rule.methods(), rule.notMethods());
    add(all, Attribute.HOST, rule.hosts(), rule.notHosts());
    add(all, Attribute.PATH, rule.paths(), rule.notPaths());
    return List.copyOf(all);
  }

  private static void add(
      List<AttributeMatch> all, Attribute attribute, List<String> values, List<String> notValues) {
    if (!values.isEmpty() || !notValues.isEmpty()) {
      all.add(AttributeMatch.of(attribute, "", values, notValues));
    }
  }

  private AttributeMatch condition(AccessCondition condition, String namespace) {
    String key = Objects.requireNonNull(condition.key(), "when.key");
    ConditionKey known = Objects.requireNonNull(ConditionKey.of(key), key);
    List<String> values = condition.values();
    List<String> notValues = condition.notValues();
    return switch (known) {
      case REQUEST_HEADERS ->
          AttributeMatch.of(
              Attribute.REQUEST_HEADER,
              ConditionKey.name(key).toLowerCase(Locale.ROOT),
              values,
              notValues);
      case REQUEST_AUTH_CLAIMS ->
          AttributeMatch.of(Attribute.REQUEST_CLAIM, ConditionKey.name(key), values, notValues);
      case SOURCE_PRINCIPAL ->
          AttributeMatch.of(
              Attribute.SOURCE_PRINCIPAL, "", principals(values), principals(notValues));
      case SOURCE_SERVICE_ACCOUNT ->
          AttributeMatch.of(
              Attribute.SOURCE_SERVICE_ACCOUNT,
              "",
              accounts(values, namespace),
              accounts(notValues, namespace));
      case SOURCE_IP -> AttributeMatch.of(Attribute.SOURCE_IP, "", values, notValues);
      case REMOTE_IP -> AttributeMatch.of(Attribute.REMOTE_IP, "", values, notValues);
      case SOURCE_NAMESPACE -> AttributeMatch.of(Attribute.SOURCE_NAMESPACE, "", values, notValues);
      case REQUEST_AUTH_PRINCIPAL ->
          AttributeMatch.of(Attribute.REQUEST_PRINCIPAL, "", values, notValues);
      case REQUEST_AUTH_AUDIENCES ->
          AttributeMatch.of(Attribute.REQUEST_AUDIENCES, "", values, notValues);
      case REQUEST_AUTH_PRESENTER ->
          AttributeMatch.of(Attribute.REQUEST_PRESENTER, "", values, notValues);
      case DESTINATION_IP -> AttributeMatch.of(Attribute.DESTINATION_IP, "", values, notValues);
      case DESTINATION_PORT -> AttributeMatch.of(Attribute.DESTINATION_PORT, "", values, notValues);
      case CONNECTION_SNI -> AttributeMatch.of(Attribute.CONNECTION_SNI, "", values, notValues);
      case EXPERIMENTAL -> AttributeMatch.of(Attribute.UNSUPPORTED, key, values, notValues);
    };
  }

  /** Istio: in a full principal {@code cluster.local} is the mesh's own trust domain. */
  private List<String> principals(List<String> principals) {
    return principals.stream().map(this::principal).toList();
  }

  private String principal(String principal) {
    String[] parts = principal.split("/", -1);
    return parts.length == PRINCIPAL_PARTS && parts[0].equals(OWN_TRUST_DOMAIN)
        ? trustDomain + principal.substring(OWN_TRUST_DOMAIN.length())
        : principal;
  }

  private List<String> trustDomains(List<String> domains) {
    return domains.stream().map(d -> d.equals(OWN_TRUST_DOMAIN) ? trustDomain : d).toList();
  }

  /** Istio: an account without a namespace is one of the policy's own. */
  private static List<String> accounts(List<String> accounts, String namespace) {
    return accounts.stream().map(a -> a.contains("/") ? a : namespace + "/" + a).toList();
  }
}
