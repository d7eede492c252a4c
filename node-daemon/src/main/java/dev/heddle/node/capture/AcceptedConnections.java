package dev.heddle.node.capture;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.ConnectionServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What happens to each connection that one listener of a pod accepts. */
final class AcceptedConnections extends ChannelInitializer<EpollSocketChannel> {

  private final CapturedPod pod;
  private final ConnectionServer server;

  AcceptedConnections(CapturedPod pod, ConnectionServer server) {
    this.pod = pod;
    this.server = server;
  }

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  protected void initChannel(EpollSocketChannel accepted) {
    if (!pod.sockets().add(accepted) || !pod.admission().admit(pod, accepted)) {
      reset(accepted);
      return;
    }
    Optional<InetSocketAddress> destination = OriginalDestination.of(accepted);
    InetSocketAddress client = accepted.remoteAddress();
    if (destination.isEmpty() || client == null) {
      pod.admission().counts().notRedirected.increment();
      accepted.close();
      return;
    }
    server.serve(accepted, new CapturedConnection(pod, client, destination.get()));
  }

  /** Says at once that nobody will answer, and leaves nothing in the kernel. */
  static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }
}
