package dev.heddle.node.upstream;

import dev.heddle.node.pod.Draining;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes of one connection to another, no faster than that takes them, and the end of its
 * half with them. Each direction ends by itself: databases and shells rely on it. Under TLS an end
 * is a close_notify; one without it is no end but a cut.
 */
public final class Relay extends ChannelInboundHandlerAdapter {

  /** Without a byte in either direction: Envoy's and Istio's hour. */
  static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final long LOOK_SECONDS = 60;

  private final Channel peer;
  private final boolean secured;
  private final LongSupplier clock;
  private long movedAtNanos;
  private boolean ended;
  private @Nullable Relay back;
  private @Nullable Future<?> look;

  private Relay(Channel from, Channel peer, LongSupplier clock) {
    this.peer = peer;
    this.secured = from.pipeline().get(SslHandler.class) != null;
    this.clock = clock;
    this.movedAtNanos = clock.getAsLong();
  }

  /** Joins two open connections of one event loop, and reads from both. */
  public static void join(Channel one, Channel other, LongSupplier clock) {
    Relay there = new Relay(one, other, clock);
    Relay back = new Relay(other, one, clock);
    there.back = back;
    back.back = there;
    one.pipeline().addLast(there);
    other.pipeline().addLast(back);
    there.watch(one);
    one.config().setAutoRead(true);
    other.config().setAutoRead(true);
    if (!one.isActive()) {
      other.close();
    } else if (!other.isActive()) {
      one.close();
    }
  }

  private void watch(Channel from) {
    look = from.eventLoop().schedule(() -> lookAt(from), LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void lookAt(Channel from) {
    Relay other = back;
    long moved = movedAtNanos;
    if (other != null && other.movedAtNanos - moved > 0) {
      moved = other.movedAtNanos;
    }
    if (clock.getAsLong() - moved >= IDLE_NANOS) {
      Future<?> unused = from.close();
    } else if (from.isActive()) {
      watch(from);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    peer.write(bytes, peer.voidPromise());
    if (!peer.isWritable()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    movedAtNanos = clock.getAsLong();
    peer.flush();
  }

  /** What this connection is written to has room again. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable() && peer.isActive()) {
      peer.config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.NOW) {
      cut(context.channel());
      return;
    }
    boolean said = event == SslCloseCompletionEvent.SUCCESS;
    if (said || (event == ChannelInputShutdownEvent.INSTANCE && !secured)) {
      end(context.channel());
    } else if (event == ChannelInputShutdownEvent.INSTANCE && !ended) {
      cut(context.channel());
    }
  }

  /** Netty fails writes that wait when an output is shut down, and closes no channel shut twice. */
  private void end(Channel from) {
    if (ended) {
      return;
    }
    ended = true;
    endOutput(
        peer,
        () -> {
          Relay other = back;
          if (other == null || other.ended) {
            peer.close();
            from.close();
          }
        });
  }

  /** Ends what is said on a connection, behind all that waits to be written; then does that. */
  public static void endOutput(Channel channel, Runnable then) {
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              SslHandler tls = channel.pipeline().get(SslHandler.class);
              if (tls == null || !channel.isActive()) {
                shutDown(channel, then);
              } else {
                tls.closeOutbound().addListener(said -> shutDown(channel, then));
              }
            });
  }

  private static void shutDown(Channel channel, Runnable then) {
    if (channel.isActive() && channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    }
    then.run();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (look != null) {
      look.cancel(false);
    }
    if (secured && !ended) {
      cut(context.channel());
    }
    ended = true;
    if (peer.isActive()) {
      peer.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> peer.close());
    }
  }

  /** A reset goes on as one, or the peer would take what it got for whole. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    cut(context.channel());
  }

  private void cut(Channel from) {
    ended = true;
    Resets.send(peer);
    Resets.send(from);
  }
}
