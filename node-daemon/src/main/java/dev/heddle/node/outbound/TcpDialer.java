package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;

/** Connects bytes that are not looked at to where the pod sent them. */
final class TcpDialer {

  private final OutboundLoop loop;
  private final CapturedConnection connection;

  TcpDialer(OutboundLoop loop, CapturedConnection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  /** Opens a connection that does not read yet. */
  Promise<Channel> open() {
    Target target = Targets.of(connection.destination(), Target.Protocol.TCP);
    return loop.upstreams().connect(connection.pod(), target, Terms.DEFAULT);
  }
}
