package dev.heddle.control.serve;

import com.google.protobuf.MessageLite;
import dev.heddle.api.codec.ClusterEncoder;
import dev.heddle.api.codec.HostPort;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.codec.WorkloadEncoder;
import dev.heddle.api.v1.Addresses;
import dev.heddle.api.v1.Names;
import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index as resources: each is compiled and encoded once for all clients of a namespace. */
public final class IndexView implements ResourceView {

  /** Answers kept at most, the longest unused goes: clients choose names and labels. */
  private static final int MAX_ENCODED = 100_000;

  private record Key(ClientScope scope, String type, String name) {}

  private final MeshIndex index;
  private final Map<Key, Optional<VersionedResource>> encoded =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<VersionedResource>> eldest) {
          return size() > MAX_ENCODED;
        }
      };

  /** A view of an index. */
  public IndexView(MeshIndex index) {
    this.index = index;
  }

  @Override
  public @Nullable VersionedResource find(ClientScope scope, String typeUrl, String name) {
    if (typeUrl.equals(ResourceType.NODE_PODS) && !scope.isNode(name)) {
      return null;
    }
    Key key =
        typeUrl.equals(ResourceType.WORKLOAD)
            ? new Key(scope.selected(labels(scope)), typeUrl, workloadName(scope, name))
            : new Key(scope.namespaceOnly(), typeUrl, name);
    return encoded.computeIfAbsent(key, this::encode).orElse(null);
  }

  /**
   * Selectors see the labels that a pod has now, whatever its process says; what it says counts
   * until its Pod object is here, and where it is no pod.
   */
  private Map<String, String> labels(ClientScope scope) {
    PodObject pod = scope.pod().isEmpty() ? null : index.pod(scope.namespace(), scope.pod());
    return pod == null ? scope.labels() : pod.labels();
  }

  /** All workloads of a scope hold the same; those of another namespace are none of its own. */
  private static String workloadName(ClientScope scope, String name) {
    return name.startsWith(scope.namespace() + "/") ? scope.namespace() : "";
  }

  private Optional<VersionedResource> encode(Key key) {
    return Optional.ofNullable(message(key)).map(VersionedResource::of);
  }

  private @Nullable MessageLite message(Key key) {
    if (key.type().equals(ResourceType.WORKLOAD)) {
      return key.name().isEmpty()
          ? null
          : WorkloadEncoder.encode(index.workload(key.scope().namespace(), key.scope().labels()));
    }
    if (key.type().equals(ResourceType.NODE_PODS)) {
      return NodePodsMessage.of(index.pods(key.name()));
    }
    if (key.type().equals(ResourceType.NAMES)) {
      return key.name().equals(ResourceType.MESH) ? names(key.scope().namespace()) : null;
    }
    HostPort name = HostPort.parse(key.name());
    return name == null ? null : message(key, name);
  }

  private Names names(String namespace) {
    Names.Builder names = Names.newBuilder();
    index
        .addresses(namespace)
        .forEach(
            (host, addresses) ->
                names.putHosts(host, Addresses.newBuilder().addAllAddresses(addresses).build()));
    return names.build();
  }

  private @Nullable MessageLite message(Key key, HostPort name) {
    String namespace = key.scope().namespace();
    return switch (key.type()) {
      case ResourceType.ROUTES -> {
        HostRoutes routes = index.routes(namespace, name.host(), name.port());
        yield routes == null ? null : ClusterEncoder.encode(routes);
      }
      case ResourceType.ENDPOINTS -> {
        HostEndpoints endpoints = index.endpoints(namespace, name.host(), name.port());
        yield endpoints == null ? null : ClusterEncoder.encode(endpoints);
      }
      default -> null;
    };
  }
}
