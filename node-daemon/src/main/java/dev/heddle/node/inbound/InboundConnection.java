package dev.heddle.node.inbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.policy.authz.ConnectionAttributes;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of an accepted connection.
 *
 * @param captured where it came from, and where it was going
 * @param peer who calls; null: a plaintext peer, which may be anybody
 * @param serverName of the ClientHello; null: none was named
 */
record InboundConnection(
    CapturedConnection captured, @Nullable SpiffeId peer, @Nullable String serverName)
    implements ConnectionAttributes {

  @Override
  public IpAddress sourceAddress() {
    return address(captured.client());
  }

  @Override
  public IpAddress destinationAddress() {
    return address(captured.destination());
  }

  @Override
  public int destinationPort() {
    return captured.destination().getPort();
  }

  private static IpAddress address(InetSocketAddress of) {
    return IpAddress.of(of.getAddress().getAddress());
  }
}
