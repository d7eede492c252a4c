package dev.heddle.node.dns;

import dev.heddle.node.pod.QueryServer.Queries;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** The queries that come to one listener, on its event loop. */
final class Forwarding extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Under way at a time, each with a socket of its own; a resolver in trouble costs no more. */
  private static final int MAX_UNDER_WAY = 256;

  private final Queries queries;
  private final MeshAnswers answers;
  private final DnsCounts counts;
  private int underWay;

  Forwarding(Queries queries, MeshAnswers answers, DnsCounts counts) {
    this.queries = queries;
    this.answers = answers;
    this.counts = counts;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    ByteBuf known = answers.toDatagram(packet.content(), context.alloc());
    if (known != null) {
      counts.mesh.increment();
      context.writeAndFlush(new DatagramPacket(known, packet.sender()));
      return;
    }
    if (underWay == MAX_UNDER_WAY || packet.content().readableBytes() < MeshQuestion.HEADER_BYTES) {
      counts.dropped.increment();
      return;
    }
    underWay++;
    counts.forwarded.increment();
    new Question(context, queries, packet.content().retain(), packet.sender(), this::ended).ask();
  }

  private void ended(boolean answered) {
    underWay--;
    (answered ? counts.answered : counts.unanswered).increment();
  }

  /** A datagram that cannot be sent says nothing of the next one. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    counts.dropped.increment();
  }
}
