package dev.heddle.node.dns;

import dev.heddle.node.pod.QueryServer.Queries;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One query on its way: asked of one resolver after the other, each through a socket of its own,
 * whose port nobody can guess (RFC 5452).
 */
final class Question {

  /** Patience with one resolver; libc's own is 5 s for each, and it asks again. */
  private static final long PATIENCE_MILLIS = 2_000;

  /**
   * Answers to EDNS queries are rarely longer than 4,096 bytes; a longer one is cut, as libc cuts.
   */
  private static final int MAX_ANSWER_BYTES = 8_192;

  private final ChannelHandlerContext listener;
  private final Queries queries;
  private final ByteBuf query;
  private final InetSocketAddress client;
  private final Consumer<Boolean> ended;
  private int resolver;
  private @Nullable Channel upstream;
  private @Nullable Future<?> patience;

  /**
   * @param query belongs to this
   * @param ended told once, whether there was an answer
   */
  Question(
      ChannelHandlerContext listener,
      Queries queries,
      ByteBuf query,
      InetSocketAddress client,
      Consumer<Boolean> ended) {
    this.listener = listener;
    this.queries = queries;
    this.query = query;
    this.client = client;
    this.ended = ended;
  }

  void ask() {
    if (resolver == queries.resolvers().size() || !listener.channel().isActive()) {
      end(false);
      return;
    }
    InetSocketAddress to = queries.resolvers().get(resolver++);
    ChannelFuture connecting =
        new Bootstrap()
            .group(listener.channel().eventLoop())
            .channelFactory(() -> queries.sockets().apply(to))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_ANSWER_BYTES))
            .handler(new Answers())
            .connect(to);
    Channel channel = connecting.channel();
    upstream = channel;
    patience =
        listener
            .executor()
            .schedule(() -> noAnswer(channel), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            channel.writeAndFlush(query.retainedDuplicate());
          } else {
            noAnswer(channel);
          }
        });
  }

  private void noAnswer(Channel channel) {
    if (channel.equals(upstream)) {
      upstream = null;
      stopWaiting();
      if (channel.isRegistered()) {
        channel.close();
      }
      ask();
    }
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel(false);
    }
  }

  private void answer(Channel channel, ByteBuf answer) {
    if (!channel.equals(upstream) || !isOfQuery(answer)) {
      return;
    }
    listener.writeAndFlush(new DatagramPacket(answer.retain(), client));
    upstream = null;
    channel.close();
    end(true);
  }

  /** The resolver repeats the query's number (RFC 1035, section 4.1.1). */
  private boolean isOfQuery(ByteBuf answer) {
    return answer.readableBytes() >= 2
        && answer.getShort(answer.readerIndex()) == query.getShort(query.readerIndex());
  }

  private void end(boolean answered) {
    stopWaiting();
    query.release();
    ended.accept(answered);
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      answer(context.channel(), packet.content());
    }

    /** ICMP says that nobody listens: the next one is asked at once. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      noAnswer(context.channel());
    }
  }
}
