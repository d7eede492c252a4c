package dev.heddle.node.dns;

import dev.heddle.node.pod.QueryServer.Queries;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;

/** The queries that come to one listener, on its event loop. */
final class Forwarding extends SimpleChannelInboundHandler<DatagramPacket> {

  /** Under way at a time, each with a socket of its own; a resolver in trouble costs no more. */
  private static final int MAX_UNDER_WAY = 256;

  /** RFC 1035, section 4.1.1: a message begins with a header of 12 bytes. */
  private static final int HEADER_BYTES = 12;

  private final Queries queries;
  private final DnsCounts counts;
  private int underWay;

  Forwarding(Queries queries, DnsCounts counts) {
    this.queries = queries;
    this.counts = counts;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    if (underWay == MAX_UNDER_WAY || packet.content().readableBytes() < HEADER_BYTES) {
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
