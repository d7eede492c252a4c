package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.Metadata;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.destinationrule.Subset;
import dev.heddle.rules.destinationrule.TrafficPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rule holds for a host: Istio's order of namespaces, hosts and age. */
final class RuleLookup {

  private static final String MESH_GATEWAY = "mesh";

  /** Istio's order of objects: by creation, then by name and namespace. */
  static final Comparator<Metadata> OLDEST_FIRST =
      Comparator.comparing((Metadata m) -> m.created().isEmpty() ? "9" : m.created())
          .thenComparing(Metadata::name)
          .thenComparing(Metadata::namespace);

  private final List<VirtualService> virtualServices;
  private final List<DestinationRule> destinationRules;
  private final String root;

  RuleLookup(ConfigState state) {
    root = state.mesh().rootNamespace();
    virtualServices =
        state
            .rules(VirtualService.class)
            .filter(v -> appliesToMesh(v.spec().gateways()))
            .sorted(Comparator.comparing(VirtualService::metadata, OLDEST_FIRST))
            .toList();
    destinationRules =
        state
            .rules(DestinationRule.class)
            .sorted(Comparator.comparing(DestinationRule::metadata, OLDEST_FIRST))
            .toList();
  }

  /** Rules without gateways, and those that name {@code mesh}, hold for calls between workloads. */
  static boolean appliesToMesh(List<String> gateways) {
    return gateways.isEmpty() || gateways.contains(MESH_GATEWAY);
  }

  /** Whether a rule names exactly this host. */
  boolean namesHost(String host, String client) {
    VirtualService rule = virtualService(host, client);
    return rule != null && specificity(rule, host).orElseThrow() == HostNames.EXACT;
  }

  /** The VirtualService of a host: the most specific, of these the oldest. */
  @Nullable VirtualService virtualService(String host, String client) {
    return virtualServices.stream()
        .filter(v -> Visibility.visible(v.spec().exportTo(), v.metadata().namespace(), client))
        .filter(v -> specificity(v, host).isPresent())
        .max(Comparator.comparingInt((VirtualService v) -> specificity(v, host).orElseThrow()))
        .map(best -> oldestAsSpecific(best, host, client))
        .orElse(null);
  }

  private VirtualService oldestAsSpecific(VirtualService best, String host, String client) {
    int wanted = specificity(best, host).orElseThrow();
    return virtualServices.stream()
        .filter(v -> Visibility.visible(v.spec().exportTo(), v.metadata().namespace(), client))
        .filter(v -> specificity(v, host).orElse(-1) == wanted)
        .findFirst()
        .orElse(best);
  }

  private static Optional<Integer> specificity(VirtualService rule, String host) {
    return rule.spec().hosts().stream()
        .map(pattern -> HostNames.inRule(pattern, rule.metadata().namespace()))
        .filter(pattern -> HostNames.covers(pattern, host))
        .map(HostNames::specificity)
        .max(Comparator.naturalOrder());
  }

  /**
   * The DestinationRule of a host: the client's namespace, the service's, the root's; several for
   * the same host in one namespace are one, as Istio merges them.
   */
  @Nullable DestinationRule destinationRule(String host, String client, String service) {
    for (String namespace : List.of(client, service, root)) {
      List<DestinationRule> rules =
          destinationRules.stream()
              .filter(d -> d.metadata().namespace().equals(namespace))
              .filter(d -> Visibility.visible(d.spec().exportTo(), namespace, client))
              .filter(d -> HostNames.covers(host(d), host))
              .toList();
      int best = rules.stream().mapToInt(RuleLookup::specificity).max().orElse(0);
      Optional<DestinationRule> rule =
          rules.stream().filter(d -> specificity(d) == best).reduce(RuleLookup::merged);
      if (rule.isPresent()) {
        return rule.get();
      }
    }
    return null;
  }

  /** The older rule with the subsets that only the newer has, and its policy where it has none. */
  private static DestinationRule merged(DestinationRule older, DestinationRule newer) {
    List<Subset> subsets = new ArrayList<>(older.spec().subsets());
    newer.spec().subsets().stream()
        .filter(s -> subsets.stream().noneMatch(known -> Objects.equals(known.name(), s.name())))
        .forEach(subsets::add);
    TrafficPolicy policy = older.spec().trafficPolicy();
    return new DestinationRule(
        older.metadata(),
        new DestinationRuleSpec(
            older.spec().host(),
            policy == null ? newer.spec().trafficPolicy() : policy,
            subsets,
            older.spec().exportTo(),
            older.spec().workloadSelector()));
  }

  private static String host(DestinationRule rule) {
    return HostNames.inRule(
        Objects.requireNonNull(rule.spec().host()), rule.metadata().namespace());
  }

  private static int specificity(DestinationRule rule) {
    return HostNames.specificity(host(rule));
  }
}
