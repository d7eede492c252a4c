package dev.heddle.node.dns;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.QueryServer;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;

/** Serves the queries of all pods. */
public final class DnsServer implements QueryServer {

  private final DnsCounts counts = new DnsCounts();

  @Override
  public void serve(DatagramChannel listener, Queries queries) {
    listener.pipeline().addLast(new Forwarding(queries, new MeshAnswers(queries.pod()), counts));
  }

  @Override
  public void serve(SocketChannel accepted, CapturedConnection connection) {
    new TcpQueries(accepted, connection, counts).begin();
  }

  /** What was asked. */
  public DnsCounts counts() {
    return counts;
  }
}
