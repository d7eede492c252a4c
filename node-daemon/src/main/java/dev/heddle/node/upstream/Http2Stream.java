package dev.heddle.node.upstream;

import dev.heddle.node.protocol.Parts;
import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One exchange on a connection of HTTP/2. */
final class Http2Stream extends ChannelInboundHandlerAdapter implements UpstreamStream {

  private final Channel channel;
  private final boolean usedBefore;
  private @Nullable UpstreamListener listener;
  private boolean requestEnded;
  private boolean answered;

  /** On a stream's channel, in whose pipeline it stands last. */
  Http2Stream(Channel channel, boolean usedBefore, UpstreamListener listener) {
    this.channel = channel;
    this.usedBefore = usedBefore;
    this.listener = listener;
  }

  @Override
  public void head(HttpRequest request) {
    write(request);
  }

  @Override
  public void body(HttpContent content) {
    requestEnded = content instanceof LastHttpContent;
    write(content);
  }

  private void write(HttpObject message) {
    channel
        .write(message)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                fail(Outcome.RESET, written.cause());
              }
            });
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void read(boolean wanted) {
    if (channel.config().isAutoRead() != wanted && channel.isActive()) {
      channel.config().setAutoRead(wanted);
    }
  }

  @Override
  public boolean wasUsedBefore() {
    return usedBefore;
  }

  @Override
  public void reset() {
    listener = null;
    channel.close();
  }

  @Override
  public Channel detach() {
    throw new IllegalStateException("a stream of HTTP/2 does not leave HTTP");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    UpstreamListener to = listener;
    if (to == null) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpResponse response && !head(response, to)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof FullHttpMessage whole) {
      receive(Parts.end(whole));
    } else if (message instanceof HttpContent content) {
      receive(content);
    }
  }

  /** Whether it is the answer. */
  private boolean head(HttpResponse response, UpstreamListener to) {
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      to.informational(Parts.head(response));
      return false;
    }
    answered = true;
    to.head(Parts.head(response));
    return true;
  }

  private void receive(HttpContent content) {
    UpstreamListener to = listener;
    if (to == null) { // given up when it saw the head
      content.release();
      return;
    }
    if (!answered) {
      content.release();
      fail(Outcome.RESET, new IOException("the stream ended before a response began"));
      return;
    }
    if (content instanceof LastHttpContent) {
      listener = null;
      if (!requestEnded) {
        channel.close();
      }
    }
    to.body(content);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (listener != null) {
      listener.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (listener != null) {
      listener.writable();
    }
  }

  /** RFC 9113 8.7: a stream refused, or above what a GOAWAY names, was not processed. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      boolean refused = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
      fail(
          refused ? Outcome.REFUSED : Outcome.RESET,
          new IOException("the stream was reset, error " + reset.errorCode()));
    } else if (event instanceof Http2GoAwayFrame) {
      fail(Outcome.REFUSED, new IOException("the connection takes no more streams"));
    }
    ReferenceCountUtil.release(event);
  }

  private void fail(Outcome outcome, Throwable cause) {
    UpstreamListener to = listener;
    listener = null;
    channel.close();
    if (to != null) {
      to.failed(outcome, cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(Outcome.RESET, new IOException("the connection ended before the response did"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(Outcome.RESET, cause);
  }
}
