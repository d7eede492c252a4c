package dev.heddle.node.upstream;

import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.ResponseDecoder;
import dev.heddle.policy.retry.Outcome;
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
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1: one exchange at a time, or none while it waits in its pool. */
final class Http1Connection extends ChannelInboundHandlerAdapter implements UpstreamStream {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Channel channel;
  private final Terms terms;
  private final Http1Line line;
  private final ResponseDecoder decoder = new ResponseDecoder();
  private @Nullable UpstreamListener listener;
  private int requests;
  private boolean requestEnded;
  private boolean responseBegan;
  private boolean switching;
  private boolean keptAlive;
  private boolean detached;
  private long idleSinceNanos;

  Http1Connection(Channel channel, Terms terms, Http1Line line) {
    this.channel = channel;
    this.terms = terms;
    this.line = line;
    channel.pipeline().addLast(decoder).addLast(new HttpRequestEncoder()).addLast(this);
    channel.config().setAutoRead(true);
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /** Since when nobody has used it. */
  void idleSince(long nowNanos) {
    idleSinceNanos = nowNanos;
  }

  boolean isIdleTooLong(long nowNanos) {
    return nowNanos - idleSinceNanos >= terms.idleNanos();
  }

  void close() {
    channel.close();
  }

  /** A call takes it. */
  void begin(UpstreamListener taker) {
    listener = taker;
    requestEnded = false;
    responseBegan = false;
    requests++;
    taker.opened(this);
  }

  @Override
  public void head(HttpRequest request) {
    decoder.answers(request.method());
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
                fail(written.cause());
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
    return requests > 1;
  }

  @Override
  public void reset() {
    listener = null;
    if (!detached) {
      channel.close();
    }
  }

  @Override
  public Channel detach() {
    detached = true;
    listener = null;
    read(false);
    channel.pipeline().remove(HttpRequestEncoder.class);
    channel.pipeline().remove(this);
    return channel;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    UpstreamListener to = listener;
    if (to == null) { // nobody asked: a late answer, or one to a request that was never sent
      ReferenceCountUtil.release(message);
      channel.close();
      return;
    }
    if (message instanceof HttpResponse response) {
      head(response, to);
    }
    if (message instanceof HttpContent content) {
      body(content, to);
    }
  }

  private void head(HttpResponse response, UpstreamListener to) {
    if (response.decoderResult().isFailure()) {
      fail(response.decoderResult().cause());
      return;
    }
    int status = response.status().code();
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && status != SWITCHING_PROTOCOLS) {
      to.informational(response);
      return;
    }
    responseBegan = true;
    switching = status == SWITCHING_PROTOCOLS || decoder.opensTunnel(response);
    keptAlive = HopHeaders.keepsAlive(response);
    to.head(response);
  }

  private void body(HttpContent content, UpstreamListener to) {
    if (content.decoderResult().isFailure()) {
      content.release();
      fail(content.decoderResult().cause());
      return;
    }
    boolean last = content instanceof LastHttpContent;
    if (!responseBegan || listener == null) { // the end of an informational one, or given up
      content.release();
      return;
    }
    if (last && !switching) {
      listener = null;
      giveBack();
    }
    to.body(content);
  }

  /** Before the end is told: the next call of the same client may begin while it is. */
  private void giveBack() {
    if (requestEnded && keptAlive && !terms.isSpent(requests) && channel.isActive()) {
      read(true);
      line.keep(this);
    } else {
      channel.close();
    }
  }

  private void fail(Throwable cause) {
    UpstreamListener to = listener;
    listener = null;
    if (!detached) {
      channel.close();
    }
    if (to != null) {
      to.failed(Outcome.RESET, cause);
    }
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

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    line.gone(this);
    fail(new IOException("the connection ended before the response did"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }
}
