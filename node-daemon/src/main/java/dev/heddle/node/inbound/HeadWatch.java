package dev.heddle.node.inbound;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Ends a connection whose client does not end a request's head: slowloris. */
final class HeadWatch {

  /** For all of a head: Apache's default is 20 to 40 s. */
  private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LOOK_SECONDS = 10;

  private final Channel channel;
  private final BooleanSupplier insideHead;
  private final LongSupplier nanoTime;
  private long since;
  private boolean inside;

  private HeadWatch(Channel channel, BooleanSupplier insideHead, LongSupplier nanoTime) {
    this.channel = channel;
    this.insideHead = insideHead;
    this.nanoTime = nanoTime;
  }

  static void begin(Channel channel, BooleanSupplier insideHead, LongSupplier nanoTime) {
    new HeadWatch(channel, insideHead, nanoTime).later();
  }

  private void later() {
    channel.eventLoop().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    if (!channel.isActive()) {
      return;
    }
    long now = nanoTime.getAsLong();
    boolean still = insideHead.getAsBoolean();
    if (still && !inside) {
      since = now;
    }
    inside = still;
    if (still && now - since >= HEAD_NANOS) {
      channel.close();
    } else {
      later();
    }
  }
}
