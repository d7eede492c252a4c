package dev.heddle.node.inbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.node.protocol.ResponseDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The app's end of one client's connection of HTTP/1.1: one exchange after the other. */
final class AppConnection extends ChannelInboundHandlerAdapter {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Http1Inbound client;
  private final ResponseDecoder decoder = new ResponseDecoder();
  private final HttpRequestEncoder encoder = new HttpRequestEncoder();
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(2);
  private @Nullable Channel channel;
  private boolean closed;
  private boolean informational;
  private @Nullable HttpResponse switching;

  AppConnection(Http1Inbound client) {
    this.client = client;
  }

  /** Connects; what is written before it stands waits. */
  void dial(EventLoop loop, CapturedConnection captured) {
    ChannelFuture connecting = AppDialer.dial(loop, captured);
    connecting.addListener(
        done -> {
          if (closed) {
            connecting.channel().close();
          } else if (done.isSuccess()) {
            opened(connecting.channel());
          } else {
            FullHttpResponse answer = unreachable(waiting.peek());
            close();
            client.appUnreachable(answer);
          }
        });
  }

  private static FullHttpResponse unreachable(@Nullable HttpObject asked) {
    return asked instanceof HttpRequest request
        ? Refusal.UNREACHABLE.response(request, RequestTarget.of(request))
        : Refusal.UNREACHABLE.response();
  }

  private void opened(Channel stands) {
    channel = stands;
    stands.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    stands.pipeline().addLast(decoder, encoder, this);
    stands.config().setAutoRead(true);
    while (!waiting.isEmpty()) {
      write(stands, waiting.remove());
    }
    stands.flush();
    client.appWritable();
  }

  /** Whether it stands, and takes more. */
  boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  void write(HttpObject part) {
    if (channel == null) {
      waiting.add(part);
    } else {
      write(channel, part);
    }
  }

  private void write(Channel to, HttpObject part) {
    if (part instanceof HttpRequest request) {
      decoder.answers(request.method());
    }
    to.write(part, to.voidPromise());
  }

  void flush() {
    if (channel != null) {
      channel.flush();
    }
  }

  void read(boolean wanted) {
    if (channel != null && channel.isActive() && channel.config().isAutoRead() != wanted) {
      channel.config().setAutoRead(wanted);
    }
  }

  void close() {
    closed = true;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    if (channel != null) {
      channel.close();
    }
  }

  /** Leaves HTTP; what was read behind the answer follows. */
  void detach() {
    if (channel != null) {
      channel.config().setAutoRead(false);
      channel.pipeline().remove(this);
      channel.pipeline().remove(encoder);
      channel.pipeline().remove(decoder);
    }
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
      content(context.channel(), content);
    }
  }

  private void content(Channel from, HttpContent content) {
    HttpResponse agreed = switching;
    if (!informational && agreed == null) {
      client.body(content);
      return;
    }
    content.release();
    if (content instanceof LastHttpContent) {
      informational = false;
      if (agreed != null) {
        client.switched(agreed, from); // the decoder has said all that is HTTP
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
