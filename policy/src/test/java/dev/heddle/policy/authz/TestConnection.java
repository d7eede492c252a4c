package dev.heddle.policy.authz;

import dev.heddle.policy.identity.SpiffeId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection as tests describe it. */
final class TestConnection implements ConnectionAttributes {

  private final @Nullable SpiffeId peer;
  private final String source;
  private final int port;
  private final @Nullable String serverName;

  private TestConnection(
      @Nullable SpiffeId peer, String source, int port, @Nullable String serverName) {
    this.peer = peer;
    this.source = source;
    this.port = port;
    this.serverName = serverName;
  }

  /** In clear, from 10.0.0.9 to port 8080. */
  static TestConnection plain() {
    return new TestConnection(null, "10.0.0.9", 8080, null);
  }

  /** From a workload of the mesh. */
  static TestConnection of(String namespace, String account) {
    return new TestConnection(
        SpiffeId.of("cluster.local", namespace, account), "10.0.0.9", 8080, "outbound_.80_._.cart");
  }

  TestConnection from(String address) {
    return new TestConnection(peer, address, port, serverName);
  }

  TestConnection to(int other) {
    return new TestConnection(peer, source, other, serverName);
  }

  @Override
  public @Nullable SpiffeId peer() {
    return peer;
  }

  @Override
  public IpAddress sourceAddress() {
    return Objects.requireNonNull(IpAddress.parse(source));
  }

  @Override
  public IpAddress destinationAddress() {
    return Objects.requireNonNull(IpAddress.parse("10.0.0.1"));
  }

  @Override
  public int destinationPort() {
    return port;
  }

  @Override
  public @Nullable String serverName() {
    return serverName;
  }
}
