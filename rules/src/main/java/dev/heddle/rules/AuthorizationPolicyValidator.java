package dev.heddle.rules;

import dev.heddle.rules.security.AccessCondition;
import dev.heddle.rules.security.AccessRule;
import dev.heddle.rules.security.AuthorizationPolicySpec;
import dev.heddle.rules.security.OperationRule;
import dev.heddle.rules.security.PolicyAction;
import dev.heddle.rules.security.SourceRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Istio's validation refuses of an AuthorizationPolicy. */
final class AuthorizationPolicyValidator {

  private AuthorizationPolicyValidator() {}

  static void check(AuthorizationPolicySpec policy, Spot spec) {
    SelectorValidator.check(policy.selector(), spec.at("selector"));
    SelectorValidator.checkOneTarget(
        policy.selector(), policy.targetRef() != null, policy.targetRefs() != null, spec);
    action(policy, spec);
    for (int i = 0; i < policy.rules().size(); i++) {
      rule(policy.rules().get(i), spec.at("rules", i));
    }
  }

  private static void action(AuthorizationPolicySpec policy, Spot spec) {
    PolicyAction action = policy.action() == null ? PolicyAction.ALLOW : policy.action();
    boolean needsRules = action == PolicyAction.DENY || action == PolicyAction.CUSTOM;
    if (needsRules && policy.rules().isEmpty()) {
      spec.at("rules")
          .wrong("is empty: it would never act (expected: a rule; {} is every request)");
    }
    if (action == PolicyAction.CUSTOM) {
      String name = policy.provider() == null ? null : policy.provider().name();
      spec.at("provider", "name").needs(name, "the provider that decides");
    } else if (policy.provider() != null) {
      spec.at("provider").wrong("belongs to action CUSTOM; the action is " + action);
    }
  }

  private static void rule(AccessRule rule, Spot spot) {
    notEmpty(rule.from(), spot.at("from"));
    notEmpty(rule.to(), spot.at("to"));
    for (int i = 0; rule.from() != null && i < rule.from().size(); i++) {
      source(rule.from().get(i).source(), spot.at("from", i, "source"));
    }
    for (int i = 0; rule.to() != null && i < rule.to().size(); i++) {
      operation(rule.to().get(i).operation(), spot.at("to", i, "operation"));
    }
    for (int i = 0; i < rule.when().size(); i++) {
      condition(rule.when().get(i), spot.at("when", i));
    }
  }

  private static void notEmpty(@Nullable List<?> list, Spot spot) {
    if (list != null && list.isEmpty()) {
      spot.wrong("is empty (expected: at least one, or no such field, which means any)");
    }
  }

  private static void source(@Nullable SourceRule source, Spot spot) {
    if (source == null || empty(lists(source))) {
      spot.wrong("is empty (expected: at least one field with values)");
      return;
    }
    SecurityText.notEmpty(source.principals(), spot.at("principals"));
    SecurityText.notEmpty(source.notPrincipals(), spot.at("notPrincipals"));
    SecurityText.notEmpty(source.requestPrincipals(), spot.at("requestPrincipals"));
    SecurityText.notEmpty(source.notRequestPrincipals(), spot.at("notRequestPrincipals"));
    SecurityText.notEmpty(source.namespaces(), spot.at("namespaces"));
    SecurityText.notEmpty(source.notNamespaces(), spot.at("notNamespaces"));
    SecurityText.notEmpty(source.trustDomains(), spot.at("trustDomains"));
    SecurityText.notEmpty(source.notTrustDomains(), spot.at("notTrustDomains"));
    SecurityText.addresses(source.ipBlocks(), spot.at("ipBlocks"));
    SecurityText.addresses(source.notIpBlocks(), spot.at("notIpBlocks"));
    SecurityText.addresses(source.remoteIpBlocks(), spot.at("remoteIpBlocks"));
    SecurityText.addresses(source.notRemoteIpBlocks(), spot.at("notRemoteIpBlocks"));
    accounts(source, spot);
  }

  private static void accounts(SourceRule source, Spot spot) {
    SecurityText.serviceAccounts(source.serviceAccounts(), spot.at("serviceAccounts"));
    SecurityText.serviceAccounts(source.notServiceAccounts(), spot.at("notServiceAccounts"));
    boolean accounts =
        !source.serviceAccounts().isEmpty() || !source.notServiceAccounts().isEmpty();
    boolean others =
        !empty(
            Stream.of(
                source.principals(),
                source.notPrincipals(),
                source.namespaces(),
                source.notNamespaces()));
    if (accounts && others) {
      spot.at("serviceAccounts").wrong("excludes principals and namespaces, which are set too");
    }
  }

  private static void operation(@Nullable OperationRule operation, Spot spot) {
    if (operation == null || empty(lists(operation))) {
      spot.wrong("is empty (expected: at least one field with values)");
      return;
    }
    SecurityText.notEmpty(operation.hosts(), spot.at("hosts"));
    SecurityText.notEmpty(operation.notHosts(), spot.at("notHosts"));
    SecurityText.notEmpty(operation.methods(), spot.at("methods"));
    SecurityText.notEmpty(operation.notMethods(), spot.at("notMethods"));
    SecurityText.ports(operation.ports(), spot.at("ports"));
    SecurityText.ports(operation.notPorts(), spot.at("notPorts"));
    SecurityText.paths(operation.paths(), spot.at("paths"));
    SecurityText.paths(operation.notPaths(), spot.at("notPaths"));
  }

  private static void condition(AccessCondition condition, Spot spot) {
    String key = condition.key();
    if (key == null || key.isEmpty()) {
      spot.at("key").wrong("is absent (expected: an attribute like request.headers[x-user])");
      return;
    }
    if (condition.values().isEmpty() && condition.notValues().isEmpty()) {
      spot.wrong("has neither values nor notValues (expected: at least one of them)");
    }
    ConditionKey attribute = ConditionKey.of(key);
    if (attribute == null) {
      spot.at("key")
          .wrong(
              "is \""
                  + Excerpt.of(key, Excerpt.VALUE_CHARS)
                  + "\" (expected: one of "
                  + ConditionKey.EXPECTED
                  + ")");
      return;
    }
    attribute.check(condition.values(), spot.at("values"));
    attribute.check(condition.notValues(), spot.at("notValues"));
  }

  private static Stream<List<String>> lists(SourceRule source) {
    return Stream.of(
        source.principals(),
        source.notPrincipals(),
        source.requestPrincipals(),
        source.notRequestPrincipals(),
        source.namespaces(),
        source.notNamespaces(),
        source.ipBlocks(),
        source.notIpBlocks(),
        source.remoteIpBlocks(),
        source.notRemoteIpBlocks(),
        source.serviceAccounts(),
        source.notServiceAccounts(),
        source.trustDomains(),
        source.notTrustDomains());
  }

  private static Stream<List<String>> lists(OperationRule operation) {
    return Stream.of(
        operation.hosts(),
        operation.notHosts(),
        operation.ports(),
        operation.notPorts(),
        operation.methods(),
        operation.notMethods(),
        operation.paths(),
        operation.notPaths());
  }

  private static boolean empty(Stream<List<String>> lists) {
    return lists.allMatch(List::isEmpty);
  }
}
