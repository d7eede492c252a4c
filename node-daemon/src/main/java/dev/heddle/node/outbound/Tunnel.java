package dev.heddle.node.outbound;

import dev.heddle.node.protocol.RequestDecoder;
import dev.heddle.node.protocol.ResponseDecoder;
import dev.heddle.node.upstream.Relay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;

/** Joins two connections whose bytes are no longer looked at. */
final class Tunnel {

  private Tunnel() {}

  /** Both without handlers of ours but their decoders, which hold what was read too far. */
  static void join(SocketChannel client, Channel upstream, OutboundLoop loop) {
    client.config().setAllowHalfClosure(true);
    Relay.join(client, upstream, loop.clock());
    remove(client, RequestDecoder.class);
    remove(upstream, ResponseDecoder.class);
    client.flush();
    upstream.flush();
  }

  private static void remove(Channel channel, Class<? extends ChannelHandler> decoder) {
    if (channel.pipeline().get(decoder) != null) {
      channel.pipeline().remove(decoder);
    }
  }
}
