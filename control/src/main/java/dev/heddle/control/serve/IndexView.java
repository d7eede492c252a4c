package dev.heddle.control.serve;

import com.google.protobuf.MessageLite;
import dev.heddle.api.codec.ClusterEncoder;
import dev.heddle.api.codec.HostPort;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index as resources: each is compiled and encoded once for all clients of a namespace. */
public final class IndexView implements ResourceView {

  private record Key(ClientScope scope, String type, String name) {}

  private final MeshIndex index;
  private final Map<Key, Optional<VersionedResource>> encoded = new HashMap<>();

  /** A view of an index. */
  public IndexView(MeshIndex index) {
    this.index = index;
  }

  @Override
  public @Nullable VersionedResource find(ClientScope scope, String typeUrl, String name) {
    return encoded
        .computeIfAbsent(new Key(scope.namespaceOnly(), typeUrl, name), this::encode)
        .orElse(null);
  }

  private Optional<VersionedResource> encode(Key key) {
    HostPort name = HostPort.parse(key.name());
    MessageLite message = name == null ? null : message(key, name);
    return Optional.ofNullable(message).map(VersionedResource::of);
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
