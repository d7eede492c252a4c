package dev.heddle.node.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/** Ends connections the hard way. */
public final class Resets {

  private Resets() {}

  /** RST in place of FIN: what was sent is not whole. */
  public static void send(Channel channel) {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.unsafe().close(channel.voidPromise());
  }
}
