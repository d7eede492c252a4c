package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.security.AuthorizationPolicySpec;
import dev.heddle.rules.security.PeerAuthenticationSpec;
import dev.heddle.rules.security.RequestAuthenticationSpec;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio's kinds that are read, by API group. */
final class RuleKinds {

  private static final String NETWORKING = "networking.istio.io";
  private static final String SECURITY = "security.istio.io";

  /** The versions of a group; they hold the same objects. */
  private static final Map<String, List<String>> VERSIONS =
      Map.of(
          NETWORKING, List.of("v1", "v1beta1", "v1alpha3"),
          SECURITY, List.of("v1", "v1beta1"));

  private final SpecReader reader = new SpecReader();

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
    return switch (group(apiVersion) + "/" + kind) {
      case NETWORKING + "/VirtualService" ->
          new VirtualService(metadata, reader.read(spec, VirtualServiceSpec.class));
      case NETWORKING + "/DestinationRule" ->
          new DestinationRule(metadata, reader.read(spec, DestinationRuleSpec.class));
      case NETWORKING + "/ServiceEntry" ->
          new ServiceEntry(metadata, reader.read(spec, ServiceEntrySpec.class));
      case NETWORKING + "/WorkloadEntry" ->
          new WorkloadEntry(metadata, reader.read(spec, WorkloadEntrySpec.class));
      case SECURITY + "/PeerAuthentication" ->
          new PeerAuthentication(metadata, reader.read(spec, PeerAuthenticationSpec.class));
      case SECURITY + "/AuthorizationPolicy" ->
          new AuthorizationPolicy(metadata, reader.read(spec, AuthorizationPolicySpec.class));
      case SECURITY + "/RequestAuthentication" ->
          new RequestAuthentication(metadata, reader.read(spec, RequestAuthenticationSpec.class));
      default -> null;
    };
  }
}
