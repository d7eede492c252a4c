package dev.heddle.node.inbound;

import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.Http2Codecs;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;

/**
 * A client's connection of HTTP/2 whose requests are judged, each stream by itself. It has one
 * connection to the app, of HTTP/2 too, and each end is told when the other leaves.
 */
final class Http2Inbound extends ChannelInboundHandlerAdapter
    implements AppStreams.Client, ClientWatch.Client {

  private final InboundServer server;
  private final SocketChannel channel;
  private final InboundConnection connection;
  private final RequestJudge judge;
  private final ClientCertificate certificate;
  private final AppStreams app;
  private int streams;
  private long requests;
  private boolean leaving;

  Http2Inbound(
      InboundServer server,
      SocketChannel channel,
      InboundConnection connection,
      ClientCertificate certificate) {
    this.server = server;
    this.channel = channel;
    this.connection = connection;
    this.certificate = certificate;
    this.judge = new RequestJudge(server, connection);
    this.app = new AppStreams(this, channel.eventLoop(), connection.captured(), server.counts());
  }

  /** Takes the connection over. */
  void begin() {
    // Streams end by themselves; who ends its half of the connection is gone.
    channel.config().setAllowHalfClosure(false);
    Http2Codecs.server(channel, this::exchange);
    channel.pipeline().addLast(this);
    ClientWatch.begin(channel, this, server.patience(), server.nanoTime());
    channel.config().setAutoRead(true);
  }

  /** How many pieces a head may have is bounded by the codec. */
  @Override
  public boolean isInsideHead() {
    return false;
  }

  @Override
  public boolean isBusy() {
    return streams > 0;
  }

  @Override
  public long requests() {
    return requests;
  }

  private ChannelHandler exchange(Channel stream) {
    streams++;
    requests++;
    server.log(stream.pipeline(), connection, "HTTP/2");
    stream.closeFuture().addListener(closed -> ended());
    return new Http2Exchange(stream, judge, certificate, app, server.counts());
  }

  private void ended() {
    streams--;
    if (leaving && streams == 0) {
      channel.close();
    }
  }

  /** The requests under way go on; others are for another connection, to which the client turns. */
  @Override
  public void appLeaves() {
    leaving = true;
    if (streams == 0) {
      channel.close();
    } else {
      channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
  }

  @Override
  public void appLeft() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    ReferenceCountUtil.release(frame); // SETTINGS, GOAWAY: the codec has obeyed them
  }

  /** The codec says GOAWAY and waits for the streams under way. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Draining) {
      channel.close();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    app.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof Http2Exception)) { // of which the codec tells the client itself
      channel.close();
    }
  }
}
