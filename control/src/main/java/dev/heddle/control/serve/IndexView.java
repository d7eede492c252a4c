package dev.heddle.control.serve;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.heddle.api.codec.ClusterEncoder;
import dev.heddle.api.codec.HostPort;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An index as resources: each is compiled and encoded once for all clients of a namespace. */
public final class IndexView implements ResourceView {

  /** Bytes of a content hash: enough that two contents never share one. */
  private static final int VERSION_BYTES = 12;

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
    return Optional.ofNullable(message)
        .map(IndexView::bytes)
        .map(bytes -> new VersionedResource(version(bytes), ByteString.copyFrom(bytes)));
  }

  /** Maps in the order of their keys, so that a restarted process gives the same versions. */
  private static byte[] bytes(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("an array of the size that was told is too small", e);
    }
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

  private static String version(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
