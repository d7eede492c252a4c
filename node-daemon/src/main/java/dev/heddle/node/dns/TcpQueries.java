package dev.heddle.node.dns;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;

/**
 * The queries of one connection (RFC 7766): what the mesh does not answer goes on over a connection
 * to the resolver that the pod asked. Answers come in any order, as the RFC allows.
 */
final class TcpQueries extends SimpleChannelInboundHandler<ByteBuf> {

  /** Without a message either way: more than resolvers wait. */
  private static final int IDLE_SECONDS = 30;

  private static final int LENGTH_BYTES = 2;

  private final SocketChannel channel;
  private final CapturedConnection connection;
  private final MeshAnswers answers;
  private final DnsCounts counts;
  private @Nullable TcpResolver resolver;
  private ChannelFuture written;
  private boolean ending;

  TcpQueries(SocketChannel channel, CapturedConnection connection, DnsCounts counts) {
    this.channel = channel;
    this.connection = connection;
    this.answers = new MeshAnswers(connection.pod());
    this.counts = counts;
    this.written = channel.newSucceededFuture();
  }

  void begin() {
    channel.pipeline().addLast(new IdleStateHandler(0, 0, IDLE_SECONDS));
    frame(channel);
    channel.pipeline().addLast(this);
    channel.config().setAutoRead(true);
  }

  /** Messages of two bytes of length and as many as they say. */
  static void frame(SocketChannel channel) {
    channel
        .pipeline()
        .addLast(
            new LengthFieldBasedFrameDecoder(
                LENGTH_BYTES + MeshAnswers.MAX_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
        .addLast(new LengthFieldPrepender(LENGTH_BYTES));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf query) {
    ByteBuf known = answers.overTcp(query, channel.alloc());
    if (known != null) {
      counts.mesh.increment();
      write(known);
      return;
    }
    if (resolver == null) {
      resolver = new TcpResolver(this, connection, counts);
      resolver.connect(channel.eventLoop());
    }
    resolver.ask(query.retain());
  }

  /** What a resolver said; taken over. */
  void answered(ByteBuf answer) {
    write(answer);
    endIfOver();
  }

  private void write(ByteBuf answer) {
    written = channel.writeAndFlush(answer);
  }

  /** The resolver is gone, or was never there: the client asks again, or another one. */
  void end() {
    written.addListener(ChannelFutureListener.CLOSE);
  }

  private void endIfOver() {
    if (ending && (resolver == null || !resolver.isAsked())) {
      end();
    }
  }

  /** Reads no faster than answers are taken, and than the resolver takes what is passed on. */
  void regulate() {
    boolean wanted = channel.isWritable() && (resolver == null || resolver.takesMore());
    if (channel.isActive() && channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    regulate();
    if (resolver != null) {
      resolver.read(channel.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      channel.close();
    } else if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof Draining) {
      ending = true;
      endIfOver();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (resolver != null) {
      resolver.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
