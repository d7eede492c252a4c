package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import dev.heddle.rules.RequestAuthentication;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the security policies say of one workload: Istio's selection and precedence. */
final class WorkloadPolicies {

  private final PeerAuthentications peers;
  private final List<dev.heddle.rules.AuthorizationPolicy> access;
  private final List<RequestAuthentication> tokens;
  private final String root;
  private final AccessCompiler compiler;
  private final JwtCompiler jwt;

  WorkloadPolicies(ConfigState state, PeerAuthentications peers, String trustDomain, KeySets keys) {
    this.peers = peers;
    root = state.mesh().rootNamespace();
    access =
        state
            .rules(dev.heddle.rules.AuthorizationPolicy.class)
            .filter(p -> p.spec().targetRef() == null && p.spec().targetRefs() == null)
            .sorted(
                Comparator.comparing(
                    dev.heddle.rules.AuthorizationPolicy::metadata, RuleLookup.OLDEST_FIRST))
            .toList();
    tokens =
        state
            .rules(RequestAuthentication.class)
            .filter(p -> p.spec().targetRef() == null && p.spec().targetRefs() == null)
            .sorted(Comparator.comparing(RequestAuthentication::metadata, RuleLookup.OLDEST_FIRST))
            .toList();
    compiler = new AccessCompiler(trustDomain);
    jwt = new JwtCompiler(keys);
  }

  Set<String> keySetUrls() {
    return tokens.stream()
        .flatMap(policy -> policy.spec().jwtRules().stream())
        .map(JwtCompiler::url)
        .filter(url -> !url.isEmpty())
        .collect(Collectors.toSet());
  }

  WorkloadPolicy of(String namespace, Map<String, String> labels) {
    PeerAuthentications.Modes modes = peers.of(namespace, labels);
    List<AuthorizationPolicy> policies =
        access.stream()
            .filter(
                p -> Selection.applies(p.metadata(), p.spec().selector(), root, namespace, labels))
            .map(compiler::policy)
            .toList();
    List<JwtRule> rules =
        tokens.stream()
            .filter(
                p -> Selection.applies(p.metadata(), p.spec().selector(), root, namespace, labels))
            .flatMap(jwt::rules)
            .toList();
    return WorkloadPolicy.of(modes.mode(), modes.ports(), policies, rules);
  }
}
