package dev.heddle.node.inbound;

import dev.heddle.node.upstream.Relay;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its client reads the last answer: RFC 9112 9.6. Closed at once, bytes
 * that the client is still sending would make the kernel reset it, and the answer be lost.
 */
final class GoodBye {

  /** For the client to read the answer and close its side. */
  private static final long LINGER_MILLIS = 1_000;

  private GoodBye() {}

  /** What comes from now on is the caller's to drop. */
  static void say(SocketChannel channel) {
    Relay.endOutput(
        channel,
        () -> {
          if (channel.isActive()) {
            channel.config().setAutoRead(true);
            channel
                .eventLoop()
                .schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
          }
        });
  }
}
