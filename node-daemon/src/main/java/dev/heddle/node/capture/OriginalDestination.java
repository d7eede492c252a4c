package dev.heddle.node.capture;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Where a connection was going before rules redirected it, as netfilter remembers it. */
final class OriginalDestination {

  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;
  private static final int SO_ORIGINAL_DST = 80;
  private static final int SOCKADDR_IN = 16;
  private static final int SOCKADDR_IN6 = 28;

  private static final RawUnixChannelOption IPV4 =
      new RawUnixChannelOption("ORIGINAL_DST_4", SOL_IP, SO_ORIGINAL_DST, SOCKADDR_IN);
  private static final RawUnixChannelOption IPV6 =
      new RawUnixChannelOption("ORIGINAL_DST_6", SOL_IPV6, SO_ORIGINAL_DST, SOCKADDR_IN6);

  private OriginalDestination() {}

  /** Empty for a connection that was made to the listener itself: forwarding it would loop. */
  static Optional<InetSocketAddress> of(SocketChannel accepted) {
    InetSocketAddress local = accepted.localAddress();
    if (local == null) {
      return Optional.empty(); // ended already
    }
    boolean six = local.getAddress() instanceof Inet6Address;
    ByteBuffer kernel;
    try {
      kernel = accepted.config().getOption(six ? IPV6 : IPV4);
    } catch (ChannelException e) {
      return Optional.empty(); // ENOENT: no redirection knows it
    }
    InetSocketAddress destination = decode(kernel, six);
    return destination.equals(local) ? Optional.empty() : Optional.of(destination);
  }

  /**
   * {@code sockaddr_in}: port at 2, address at 4; {@code sockaddr_in6}: port at 2, address at 8.
   */
  static InetSocketAddress decode(ByteBuffer kernel, boolean six) {
    int port = (kernel.get(2) & 0xff) << 8 | (kernel.get(3) & 0xff);
    byte[] address = new byte[six ? 16 : 4];
    kernel.get(six ? 8 : 4, address);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + address.length + " bytes", e);
    }
  }
}
