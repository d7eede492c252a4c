package dev.heddle.node.pod;

import io.netty.channel.socket.DatagramChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * Answers the DNS queries of pods: as datagrams, and over captured connections, whose destination
 * is the resolver that the pod asks. Safe for all event loops.
 */
public interface QueryServer extends ConnectionServer {

  /**
   * Queries of one pod that come as datagrams, whose destination redirecting loses.
   *
   * @param resolvers whom the pod would ask; at least one
   * @param sockets makes a socket for one of them, inside the pod and past its rules; on the event
   *     loop of the listener
   */
  record Queries(
      Pod pod,
      List<InetSocketAddress> resolvers,
      Function<InetSocketAddress, DatagramChannel> sockets) {}

  /** Takes a bound listener over, on its event loop; it is closed when the pod leaves. */
  void serve(DatagramChannel listener, Queries queries);
}
