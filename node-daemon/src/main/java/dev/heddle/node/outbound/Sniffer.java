package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.FirstBytes;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Learns what a client speaks: from its service, where that declares something else than HTTP for
 * the port, else from its first bytes. A client that waits for its server to speak first, as with
 * MySQL, SMTP and SSH, sends none: after a bounded wait its server is connected to, and whoever
 * then speaks first decides. So a client that is late is still understood.
 */
final class Sniffer extends ChannelInboundHandlerAdapter {

  /** For the first bytes: the wait that a server-first protocol pays. Istio's was 100 ms to 5 s. */
  static final long WAIT_MILLIS = 300;

  private final OutboundLoop loop;
  private final SocketChannel channel;
  private final CapturedConnection connection;
  private @Nullable ByteBuf seen;
  private @Nullable Future<?> patience;
  private @Nullable Future<?> limit;
  private @Nullable Promise<Channel> server;
  private @Nullable FirstBytes heard;
  private boolean told;
  private boolean opaque;
  private boolean decided;
  private boolean draining;

  Sniffer(OutboundLoop loop, SocketChannel channel, CapturedConnection connection) {
    this.loop = loop;
    this.channel = channel;
    this.connection = connection;
  }

  void begin() {
    channel.pipeline().addLast(this);
    patience = loop.loop().schedule(this::hearServer, WAIT_MILLIS, TimeUnit.MILLISECONDS);
    channel.config().setAutoRead(true);
    loop.questions()
        .find(
            connection.pod().workload(),
            connection.destination().getAddress().getHostAddress(),
            connection.destination().getPort(),
            loop.loop(),
            this::tell);
  }

  /** What is held of the address; null: nothing. */
  private void tell(@Nullable HostRouter router) {
    told = true;
    opaque = router != null && router.routes().opaque();
    FirstBytes before = heard;
    if (before != null) {
      decide(before);
    } else if (opaque && !decided && !asksForNames(router)) {
      decide(FirstBytes.OTHER);
    }
  }

  /** Whether a route looks at the name in a TLS greeting. */
  private static boolean asksForNames(@Nullable HostRouter router) {
    return router != null && router.asksForServerName();
  }

  private void hearServer() {
    if (!decided && heard == null && server == null) {
      Promise<Channel> opening = new TcpDialer(loop, connection, "").open();
      server = opening;
      opening.addListener(
          done -> {
            if (!done.isSuccess()) {
              server = null; // an address that only HTTP knows, perhaps: the client still may speak
            } else if (!decided) {
              FirstWord.hear(opening.getNow(), () -> decide(FirstBytes.OTHER));
            }
          });
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    ByteBuf before = seen;
    if (before == null) {
      seen = bytes;
    } else {
      seen = channel.alloc().buffer(before.readableBytes() + bytes.readableBytes());
      seen.writeBytes(before).writeBytes(bytes);
      before.release();
      bytes.release();
    }
    if (before == null) {
      limit = loop.loop().schedule(this::tooSlow, ConnectionWatch.HEAD_NANOS, TimeUnit.NANOSECONDS);
    }
    FirstBytes look = FirstBytes.look(seen);
    if (look != FirstBytes.UNDECIDED) {
      decide(look);
    } else if (seen.readableBytes() > FirstBytes.MAX_BYTES) {
      decide(FirstBytes.OTHER);
    }
  }

  /** Bytes that come too slowly to tell: its server has a patience of its own. */
  private void tooSlow() {
    decide(FirstBytes.OTHER);
  }

  private void decide(FirstBytes spoken) {
    if (decided) {
      return;
    }
    if (!told && spoken != FirstBytes.OTHER) {
      heard = spoken; // it may look like HTTP, and nobody's to read
      channel.config().setAutoRead(false);
      return;
    }
    decided = true;
    stopWaiting();
    channel.config().setAutoRead(false);
    switch (opaque ? FirstBytes.OTHER : spoken) {
      case HTTP_1 -> {
        hangUp();
        new Http1Downstream(loop, channel, connection).begin();
      }
      case HTTP_2 -> {
        hangUp();
        new Http2Downstream(loop, channel, connection).begin();
      }
      default ->
          new TcpDownstream(loop, channel)
              .begin(
                  server == null ? new TcpDialer(loop, connection, serverName()).open() : server);
    }
    ByteBuf first = seen;
    seen = null;
    if (first != null) {
      channel.pipeline().context(this).fireChannelRead(first);
      channel.pipeline().context(this).fireChannelReadComplete();
    }
    if (draining) { // behind the first bytes, which are still served
      channel.pipeline().context(this).fireUserEventTriggered(Draining.SOFT);
    }
    channel.pipeline().remove(this);
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel(false);
    }
    if (limit != null) {
      limit.cancel(false);
    }
  }

  /** The name that the client's TLS asks for, empty: none. */
  private String serverName() {
    return seen == null ? "" : ClientHello.look(seen.nioBuffer()).sni().toLowerCase(Locale.ROOT);
  }

  /** The server that was connected to in vain. */
  private void hangUp() {
    Promise<Channel> opening = server;
    if (opening != null) {
      opening.addListener(
          done -> {
            if (done.isSuccess()) {
              opening.getNow().close();
            }
          });
    }
  }

  /**
   * A client that ends before it says what it speaks: its server may still have something to say.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    draining = draining || event == Draining.SOFT;
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      decide(FirstBytes.OTHER);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!decided) {
      hangUp();
    }
    decided = true;
    stopWaiting();
    if (seen != null) {
      seen.release();
      seen = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
