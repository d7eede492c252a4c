package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import dev.heddle.node.tls.MeshPeer;
import dev.heddle.node.tls.MeshProtocol;
import dev.heddle.node.tls.MeshTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Speaks mesh TLS, with the certificate of the pod that calls, where an endpoint does; and the TLS
 * that DestinationRules ask for.
 */
public final class MeshChannels implements SecureChannels {

  private final MeshTls mesh;
  private final Originations originations;

  /** For the pods of all workloads. */
  public MeshChannels(MeshTls mesh, Originations originations) {
    this.mesh = mesh;
    this.originations = originations;
  }

  @Override
  public void secure(
      Channel channel,
      Pod pod,
      Target target,
      InetSocketAddress address,
      Terms terms,
      Promise<Channel> opened) {
    try {
      switch (target.security()) {
        case Security.Plain plain -> opened.trySuccess(channel);
        case Security.Mesh to -> shake(channel, mesh(channel, pod, target, address, to), opened);
        case Security.Originated to ->
            shake(channel, originations.client(channel.alloc(), to, target, terms), opened);
      }
    } catch (SSLException e) { // nothing may be sent, least of all in plaintext
      channel.close();
      opened.tryFailure(e);
    }
  }

  private SslHandler mesh(
      Channel channel, Pod pod, Target target, InetSocketAddress address, Security.Mesh to)
      throws SSLException {
    MeshProtocol protocol =
        switch (target.protocol()) {
          case TCP -> MeshProtocol.TCP;
          case HTTP_1 -> MeshProtocol.HTTP_1;
          case HTTP_2 -> MeshProtocol.HTTP_2;
        };
    MeshPeer peer = new MeshPeer(address, Set.copyOf(to.identities()), to.serverName(), protocol);
    return mesh.client(channel.alloc(), pod.workload(), peer);
  }

  private static void shake(Channel channel, SslHandler handler, Promise<Channel> opened) {
    Shaking shaking = new Shaking();
    channel.pipeline().addFirst(handler).addLast(shaking);
    channel.config().setAutoRead(true);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                channel.close();
                opened.tryFailure(done.cause());
                return;
              }
              channel.config().setAutoRead(false);
              channel.pipeline().remove(shaking);
              opened.trySuccess(channel);
            });
  }

  /** Takes what fails while nobody else stands behind the handshake, whose promise tells of it. */
  private static final class Shaking extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
