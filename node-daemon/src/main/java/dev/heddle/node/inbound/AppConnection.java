package dev.heddle.node.inbound;

import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.ResponseDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** The app's end of one client's connection of HTTP/1.1: one exchange after the other. */
final class AppConnection extends ChannelInboundHandlerAdapter {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Channel channel;
  private final Http1Inbound client;
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final HttpRequestEncoder encoder = new HttpRequestEncoder();
  private boolean informational;
  private @Nullable HttpResponse switching;

  AppConnection(Channel channel, Http1Inbound client) {
    this.channel = channel;
    this.client = client;
    channel.pipeline().addLast(decoder, encoder, this);
    channel.config().setAutoRead(true);
  }

  Channel channel() {
    return channel;
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void write(HttpObject part) {
    if (part instanceof HttpRequest request) {
      decoder.answers(request.method());
    }
    channel.write(part, channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  void read(boolean wanted) {
    if (channel.isActive() && channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  /** Leaves HTTP; what was read behind the answer follows. */
  void detach() {
    channel.config().setAutoRead(false);
    channel.pipeline().remove(this);
    channel.pipeline().remove(encoder);
    channel.pipeline().remove(decoder);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      client.appFailed();
      return;
    }
    if (message instanceof HttpResponse response) {
      int status = response.status().code();
      boolean switches = status == SWITCHING_PROTOCOLS || decoder.opensTunnel(response);
      switching = switches ? response : null;
      informational = !switches && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (informational) {
        client.informational(response);
      } else if (!switches) {
        client.head(response, HopHeaders.keepsAlive(response));
      }
    }
    if (message instanceof HttpContent content) {
      content(content);
    }
  }

  private void content(HttpContent content) {
    HttpResponse agreed = switching;
    if (!informational && agreed == null) {
      client.body(content);
      return;
    }
    content.release();
    if (content instanceof LastHttpContent) {
      informational = false;
      if (agreed != null) {
        client.switched(agreed); // the decoder has said all that is HTTP
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    client.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    client.appWritable();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    client.appClosed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    client.appFailed();
  }
}
