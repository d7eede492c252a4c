package dev.heddle.control.client;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.heddle.api.codec.ClusterEncoder;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.codec.WorkloadEncoder;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.v1.NodePods;
import dev.heddle.api.v1.TrustBundle;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Resources as a control service sends them: hosts have port 80. */
final class Resources {

  static final int PORT = 80;

  private Resources() {}

  /** Routes of a host to others, evenly. */
  static Resource routes(String host, String... targets) {
    List<Destination> destinations =
        Arrays.stream(targets)
            .map(target -> Destination.of(target, PORT, ""))
            .collect(Collectors.toList());
    HttpRoute route =
        HttpRoute.builder()
            .destinations(
                destinations.stream()
                    .map(to -> WeightedDestination.of(to, 1, HeaderChange.NONE, HeaderChange.NONE))
                    .collect(Collectors.toList()))
            .build();
    List<Cluster> clusters =
        destinations.stream()
            .map(to -> Cluster.builder().destination(to).build())
            .collect(Collectors.toList());
    HostRoutes value = HostRoutes.of(host, PORT, Collections.singletonList(route), clusters);
    return resource(ResourceType.ROUTES, host, ClusterEncoder.encode(value).toByteString());
  }

  static Resource endpoints(String host, String address) {
    Endpoint endpoint = Endpoint.builder().address(address).port(PORT).build();
    HostEndpoints value = HostEndpoints.of(host, PORT, Collections.singletonList(endpoint));
    return resource(ResourceType.ENDPOINTS, host, ClusterEncoder.encode(value).toByteString());
  }

  static Resource trust(String... roots) {
    TrustBundle value =
        TrustBundle.newBuilder()
            .setTrustDomain("cluster.local")
            .addAllRoots(Arrays.asList(roots))
            .build();
    return named(ResourceType.TRUST_BUNDLE, ResourceType.MESH, value.toByteString());
  }

  /** Of a workload that the holders of addresses in a block may not call. */
  static WorkloadPolicy workloadPolicy(MutualTlsMode mode, String block) {
    AttributeMatch source =
        AttributeMatch.of(
            Attribute.SOURCE_IP,
            "",
            Collections.singletonList(block),
            Collections.<String>emptyList());
    AuthorizationRule rule =
        AuthorizationRule.of(
            Collections.<List<AttributeMatch>>emptyList(),
            Collections.<List<AttributeMatch>>emptyList(),
            Collections.singletonList(source));
    AuthorizationPolicy policy =
        AuthorizationPolicy.of(
            "shop/deny", AuthorizationPolicy.Action.DENY, false, Collections.singletonList(rule));
    return WorkloadPolicy.of(
        mode, Collections.emptyMap(), Collections.singletonList(policy), Collections.emptyList());
  }

  static Resource workload(String name, WorkloadPolicy policy) {
    return named(ResourceType.WORKLOAD, name, WorkloadEncoder.encode(policy).toByteString());
  }

  /** One pod on a node. */
  static Resource nodePods(String node, String namespace, String name) {
    dev.heddle.api.v1.NodePod pod =
        dev.heddle.api.v1.NodePod.newBuilder()
            .setNamespace(namespace)
            .setName(name)
            .setServiceAccount("default")
            .putLabels("app", name)
            .addAddresses("10.0.0.1")
            .build();
    NodePods value = NodePods.newBuilder().addPods(pod).build();
    return named(ResourceType.NODE_PODS, node, value.toByteString());
  }

  static Resource garbage(String type, String host) {
    return resource(type, host, ByteString.copyFromUtf8("garbage"));
  }

  private static Resource resource(String type, String host, ByteString bytes) {
    return named(type, name(host), bytes);
  }

  private static Resource named(String type, String name, ByteString bytes) {
    return Resource.newBuilder()
        .setName(name)
        .setVersion("v" + bytes.hashCode())
        .setResource(Any.newBuilder().setTypeUrl(type).setValue(bytes))
        .build();
  }

  static String name(String host) {
    return host + ":" + PORT;
  }
}
