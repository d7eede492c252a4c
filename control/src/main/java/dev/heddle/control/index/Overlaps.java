package dev.heddle.control.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.heddle.control.config.ConfigState;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.Metadata;
import dev.heddle.rules.Rule;
import dev.heddle.rules.RuleProblem;
import dev.heddle.rules.ServiceEntry;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.destinationrule.Subset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what has no effect since another object of the same host goes before it, or since nothing
 * may be looked into there: nothing that is configured is passed over in silence. As in Istio the
 * oldest comes first, of the same age by name.
 */
public final class Overlaps {

  private final List<RuleProblem> found = new ArrayList<>();
  private final ConfigState state;

  private Overlaps(ConfigState state) {
    this.state = state;
  }

  /** What has no effect, each with the object that goes before it; lines are not known. */
  public static List<RuleProblem> of(ConfigState state) {
    Overlaps overlaps = new Overlaps(state);
    overlaps.serviceEntries();
    overlaps.virtualServices();
    overlaps.destinationRules();
    overlaps.aliases();
    overlaps.opaquePorts();
    return List.copyOf(overlaps.found);
  }

  private void serviceEntries() {
    ServiceEntries.byHost(state)
        .forEach(
            (host, entries) -> {
              ServiceEntry oldest = entries.get(0);
              for (ServiceEntry entry : entries) {
                String difference = ServiceEntries.difference(oldest, entry);
                if (difference != null) {
                  String reason = " comes first and differs in " + difference;
                  add(entry, "spec.hosts", host.host(), name(oldest) + reason);
                }
              }
            });
  }

  private void virtualServices() {
    Map<String, List<VirtualService>> byHost = new LinkedHashMap<>();
    oldestFirst(VirtualService.class).stream()
        .filter(rule -> RuleLookup.appliesToMesh(rule.spec().gateways()))
        .forEach(
            rule ->
                hosts(rule)
                    .forEach(h -> byHost.computeIfAbsent(h, k -> new ArrayList<>()).add(rule)));
    byHost.forEach(
        (host, rules) -> {
          for (int i = 1; i < rules.size(); i++) {
            VirtualService rule = rules.get(i);
            VirtualService first = before(rule, rules.subList(0, i));
            if (first != null) {
              add(rule, "spec.hosts", host, name(first) + " comes first");
            }
          }
        });
  }

  private static List<String> hosts(VirtualService rule) {
    return rule.spec().hosts().stream()
        .map(host -> HostNames.inRule(host, rule.metadata().namespace()))
        .distinct()
        .toList();
  }

  /** The first older rule that whoever sees this one sees too. */
  private static @Nullable VirtualService before(VirtualService rule, List<VirtualService> older) {
    return older.stream()
        .filter(
            other ->
                Visibility.includes(
                    other.spec().exportTo(),
                    other.metadata().namespace(),
                    rule.spec().exportTo(),
                    rule.metadata().namespace()))
        .findFirst()
        .orElse(null);
  }

  private void destinationRules() {
    oldestFirst(DestinationRule.class).stream()
        .collect(
            groupingBy(
                rule -> List.of(rule.metadata().namespace(), host(rule)),
                LinkedHashMap::new,
                toList()))
        .values()
        .forEach(this::destinationRules);
  }

  /** Those of one host and namespace, which are merged into the oldest. */
  private void destinationRules(List<DestinationRule> rules) {
    for (int i = 1; i < rules.size(); i++) {
      DestinationRule rule = rules.get(i);
      List<DestinationRule> older = rules.subList(0, i);
      if (rule.spec().trafficPolicy() != null) {
        oldest(older, rule, o -> o.spec().trafficPolicy() != null)
            .ifPresent(
                o ->
                    add(
                        rule,
                        "spec.trafficPolicy",
                        "",
                        name(o) + " for the same host comes first"));
      }
      for (Subset subset : rule.spec().subsets()) {
        String name = Objects.requireNonNullElse(subset.name(), "");
        oldest(older, rule, o -> o.spec().subsets().stream().anyMatch(s -> name.equals(s.name())))
            .ifPresent(o -> add(rule, "spec.subsets", name, name(o) + " has it and comes first"));
      }
    }
  }

  /** The one that is in force: each of a thousand after it is told of it alone. */
  private static Optional<DestinationRule> oldest(
      List<DestinationRule> older, DestinationRule rule, Predicate<DestinationRule> says) {
    return older.stream()
        .filter(
            o ->
                Visibility.includes(
                    o.spec().exportTo(),
                    o.metadata().namespace(),
                    rule.spec().exportTo(),
                    rule.metadata().namespace()))
        .filter(says)
        .findFirst();
  }

  private void aliases() {
    Map<String, String> targets = new LinkedHashMap<>();
    new KubernetesServices(state, MeshTls.WITHOUT_POLICIES)
        .aliases()
        .forEach(a -> targets.put(a.host(), a.target()));
    state
        .rules(VirtualService.class)
        .forEach(rule -> hosts(rule).forEach(h -> alias(rule, "spec.hosts", h, targets.get(h))));
    state
        .rules(DestinationRule.class)
        .forEach(rule -> alias(rule, "spec.host", host(rule), targets.get(host(rule))));
  }

  private void alias(Rule rule, String path, String host, @Nullable String target) {
    if (target != null) {
      add(rule, path, host, "it is another name of " + target + ", whose rules hold");
    }
  }

  /** Rules for http of services that speak something else on each port. */
  private void opaquePorts() {
    ServiceCatalog services = new ServiceCatalog(state, MeshTls.WITHOUT_POLICIES);
    for (VirtualService rule : oldestFirst(VirtualService.class)) {
      for (String host : hosts(rule)) {
        CatalogService service = services.exact(host, rule.metadata().namespace());
        if (service != null
            && !rule.spec().http().isEmpty()
            && service.opaquePorts().containsAll(service.ports().keySet())) {
          add(rule, "spec.http", "for " + host, "no port of it is declared to speak http");
        }
      }
    }
  }

  private static String host(DestinationRule rule) {
    return HostNames.inRule(
        Objects.requireNonNull(rule.spec().host()), rule.metadata().namespace());
  }

  private <T extends Rule> List<T> oldestFirst(Class<T> kind) {
    return state
        .rules(kind)
        .sorted(Comparator.comparing(Rule::metadata, RuleLookup.OLDEST_FIRST))
        .toList();
  }

  private static String name(Rule rule) {
    return rule.kind() + " " + rule.metadata().namespace() + "/" + rule.metadata().name();
  }

  private void add(Rule rule, String path, String value, String reason) {
    Metadata of = rule.metadata();
    String what = value.isEmpty() ? "" : value + " ";
    found.add(
        new RuleProblem(
            rule.kind(), of.namespace(), of.name(), path, 0, 0, what + "has no effect: " + reason));
  }
}
