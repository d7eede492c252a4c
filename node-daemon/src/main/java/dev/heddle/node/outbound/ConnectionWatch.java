package dev.heddle.node.outbound;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ends a connection on which nothing moves: each costs memory and a descriptor. */
final class ConnectionWatch {

  /** For all of a request's head once it began: slowloris. Apache's default is 20 to 40 s. */
  static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Without a byte of any message: Envoy's and Istio's hour. */
  static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Between looks. */
  private static final long LOOK_SECONDS = 10;

  private final OutboundLoop loop;
  private final Channel channel;
  private final BooleanSupplier insideHead;
  private @Nullable Future<?> look;
  private long movedAtNanos;
  private long headSinceNanos;
  private boolean inHead;

  ConnectionWatch(OutboundLoop loop, Channel channel, BooleanSupplier insideHead) {
    this.loop = loop;
    this.channel = channel;
    this.insideHead = insideHead;
  }

  void begin() {
    progress();
    look = loop.loop().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** A message, or a part of one, came or went. */
  void progress() {
    movedAtNanos = loop.clock().getAsLong();
    inHead = false;
  }

  private void look() {
    long now = loop.clock().getAsLong();
    boolean head = insideHead.getAsBoolean();
    if (head && !inHead) {
      headSinceNanos = now;
    }
    inHead = head;
    boolean slow = head && now - headSinceNanos >= HEAD_NANOS;
    if (slow || now - movedAtNanos >= IDLE_NANOS) {
      Future<?> unused = channel.close();
      return;
    }
    look = loop.loop().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  void end() {
    if (look != null) {
      look.cancel(false);
    }
  }
}
