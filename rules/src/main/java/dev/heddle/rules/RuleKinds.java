package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.gateway.GatewaySpec;
import dev.heddle.rules.security.AuthorizationPolicySpec;
import dev.heddle.rules.security.PeerAuthenticationSpec;
import dev.heddle.rules.security.RequestAuthenticationSpec;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import dev.heddle.rules.sidecar.SidecarSpec;
import dev.heddle.rules.telemetry.TelemetrySpec;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Istio's kinds that are read, by API group. */
public final class RuleKinds {

  private static final String NETWORKING = "networking.istio.io";
  private static final String SECURITY = "security.istio.io";
  private static final String TELEMETRY = "telemetry.istio.io";

  /** The versions of a group; they hold the same objects. */
  private static final Map<String, List<String>> VERSIONS =
      Map.of(
          NETWORKING, List.of("v1", "v1beta1", "v1alpha3"),
          SECURITY, List.of("v1", "v1beta1"),
          TELEMETRY, List.of("v1", "v1alpha1"));

  private static final List<RuleKind<?>> ALL =
      List.of(
          networking(
              "DestinationRule",
              "destinationrules",
              List.of("dr"),
              DestinationRuleSpec.class,
              DestinationRule::new),
          networking("Gateway", "gateways", List.of("gw"), GatewaySpec.class, Gateway::new),
          networking(
              "ServiceEntry",
              "serviceentries",
              List.of("se"),
              ServiceEntrySpec.class,
              ServiceEntry::new),
          networking("Sidecar", "sidecars", List.of(), SidecarSpec.class, Sidecar::new),
          networking(
              "VirtualService",
              "virtualservices",
              List.of("vs"),
              VirtualServiceSpec.class,
              VirtualService::new),
          networking(
              "WorkloadEntry",
              "workloadentries",
              List.of("we"),
              WorkloadEntrySpec.class,
              WorkloadEntry::new),
          security(
              "AuthorizationPolicy",
              "authorizationpolicies",
              "ap",
              AuthorizationPolicySpec.class,
              AuthorizationPolicy::new),
          security(
              "PeerAuthentication",
              "peerauthentications",
              "pa",
              PeerAuthenticationSpec.class,
              PeerAuthentication::new),
          security(
              "RequestAuthentication",
              "requestauthentications",
              "ra",
              RequestAuthenticationSpec.class,
              RequestAuthentication::new),
          kind(
              TELEMETRY,
              "Telemetry",
              "telemetries",
              List.of("telemetry"),
              TelemetrySpec.class,
              Telemetry::new));

  private final SpecReader reader = new SpecReader();

  RuleKinds() {}

  /** Every kind, in the order of their groups and names. */
  public static List<RuleKind<?>> all() {
    return ALL;
  }

  private static <S extends Record> RuleKind<S> networking(
      String name,
      String plural,
      List<String> shortNames,
      Class<S> spec,
      BiFunction<Metadata, S, Rule> rule) {
    return kind(NETWORKING, name, plural, shortNames, spec, rule);
  }

  private static <S extends Record> RuleKind<S> security(
      String name,
      String plural,
      String shortName,
      Class<S> spec,
      BiFunction<Metadata, S, Rule> rule) {
    return kind(SECURITY, name, plural, List.of(shortName), spec, rule);
  }

  private static <S extends Record> RuleKind<S> kind(
      String group,
      String name,
      String plural,
      List<String> shortNames,
      Class<S> spec,
      BiFunction<Metadata, S, Rule> rule) {
    List<String> versions = VERSIONS.getOrDefault(group, List.of());
    return new RuleKind<>(group, versions, name, plural, shortNames, spec, rule);
  }

  /** The group of an apiVersion; of the core API, which has none, empty. */
  static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** The versions in which a group is read, null for a group of others. */
  static @Nullable List<String> versions(String apiVersion) {
    return VERSIONS.get(group(apiVersion));
  }

  /** The rule, null where the group has no such kind here. */
  @Nullable Rule read(String apiVersion, String kind, Metadata metadata, JsonNode spec)
      throws SpecReader.Mismatch {
    for (RuleKind<?> known : ALL) {
      if (known.name().equals(kind) && known.group().equals(group(apiVersion))) {
        return known.read(metadata, spec, reader);
      }
    }
    return null;
  }
}
