package dev.heddle.node.dns;

import dev.heddle.node.pod.QueryServer;
import io.netty.channel.socket.DatagramChannel;

/** Serves the queries of all pods. */
public final class DnsServer implements QueryServer {

  private final DnsCounts counts = new DnsCounts();

  @Override
  public void serve(DatagramChannel listener, Queries queries) {
    listener.pipeline().addLast(new Forwarding(queries, counts));
  }

  /** What was asked. */
  public DnsCounts counts() {
    return counts;
  }
}
