package dev.heddle.node.outbound;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its client reads the last answer: RFC 9112 9.6. Closed at once, bytes
 * that the client is still sending would make the kernel reset it, and the answer be lost.
 */
final class LingeringClose {

  /** For the client to read the answer and close its side. */
  private static final long LINGER_MILLIS = 1_000;

  private LingeringClose() {}

  /** What comes from now on is the caller's to drop. */
  static void begin(SocketChannel channel) {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (!channel.isActive()) {
                return;
              }
              channel.config().setAutoRead(true);
              channel.shutdownOutput();
              channel
                  .eventLoop()
                  .schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            });
  }
}
