package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.protocol.BadRequestException;
import dev.heddle.node.protocol.GrpcReplies;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestRules;
import dev.heddle.node.protocol.RequestTarget;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client of HTTP/2 and its answer: judged by its head, then carried to a stream of
 * the app's and back, no faster than the slower end takes it. A reset of one end resets the other.
 */
final class Http2Exchange extends ChannelInboundHandlerAdapter implements AppStreams.Wish {

  private static final int BAD_REQUEST = 400;

  private final Channel stream;
  private final RequestJudge judge;
  private final ClientCertificate certificate;
  private final AppStreams streams;
  private final InboundCounts counts;
  private final ArrayDeque<Object> waiting = new ArrayDeque<>(2);
  private @Nullable HttpRequest request;
  private @Nullable AppStream app;
  private @Nullable ChannelFuture answer;
  private boolean requestEnded;
  private boolean over;

  Http2Exchange(
      Channel stream,
      RequestJudge judge,
      ClientCertificate certificate,
      AppStreams streams,
      InboundCounts counts) {
    this.stream = stream;
    this.judge = judge;
    this.certificate = certificate;
    this.streams = streams;
    this.counts = counts;
    stream.config().setWriteBufferWaterMark(InboundServer.WATERMARKS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    requestEnded = message instanceof LastHttpContent;
    if (over) {
      ReferenceCountUtil.release(message);
    } else if (request == null && message instanceof HttpRequest begun) {
      take(begun);
    } else if (request == null || message instanceof HttpRequest) {
      ReferenceCountUtil.release(message);
      reset(Http2Error.PROTOCOL_ERROR.code()); // a second head, where trailers may be
    } else {
      pass(message);
    }
  }

  private void take(HttpRequest begun) {
    request = begun;
    FullHttpResponse refusal = refusal(begun);
    if (refusal == null) {
      pass(begun);
      streams.ask(this);
    } else {
      ReferenceCountUtil.release(begun);
      reply(refusal);
    }
  }

  /** Null where the request may go on; then it is as its app is to see it. */
  private @Nullable FullHttpResponse refusal(HttpRequest begun) {
    String problem = Http2Rules.problem(begun);
    if (problem != null) {
      return malformed(begun, BAD_REQUEST, problem);
    }
    BadRequestException malformed = RequestRules.check(begun);
    if (malformed != null) {
      return malformed(begun, malformed.status(), String.valueOf(malformed.getMessage()));
    }
    RequestTarget target = RequestTarget.of(begun);
    Refusal refusal = judge.judge(begun, target);
    if (refusal != null) {
      return refusal.response(begun, target);
    }
    AppRequest.prepare(begun, target, certificate);
    return null;
  }

  private FullHttpResponse malformed(HttpRequest begun, int status, String what) {
    counts.count(Event.REQUEST_MALFORMED);
    return GrpcReplies.fit(LocalReplies.of(status, "bad_request", what), begun);
  }

  private void pass(Object message) {
    AppStream to = app;
    boolean more = false;
    if (to == null) {
      waiting.add(message);
    } else {
      more = to.write(message);
    }
    stream.config().setAutoRead(more);
  }

  @Override
  public void granted(Channel opened) {
    if (over) {
      opened.close();
      return;
    }
    AppStream begun = new AppStream(opened, this);
    app = begun;
    opened.pipeline().addLast(begun);
    boolean room = true;
    while (!waiting.isEmpty()) {
      room = begun.write(waiting.remove());
    }
    begun.flush();
    stream.config().setAutoRead(room);
  }

  @Override
  public void unreachable() {
    HttpRequest begun = request;
    if (!over && begun != null) {
      reply(Refusal.UNREACHABLE.response(begun, RequestTarget.of(begun)));
    }
  }

  @Override
  public void refused() {
    reset(Http2Error.REFUSED_STREAM.code());
  }

  /** An answer of the daemon. A client that still asks is told to stop: RFC 9113 8.1. */
  private void reply(FullHttpResponse response) {
    over = true;
    dropWaiting();
    stream.config().setAutoRead(true);
    var written = stream.writeAndFlush(response);
    if (!requestEnded) {
      written.addListener(done -> sendReset(Http2Error.NO_ERROR.code()));
    }
  }

  /** Ends the stream; behind the answer, where that was whole before the request was. */
  void reset(long error) {
    if (over) {
      return;
    }
    over = true;
    dropWaiting();
    if (answer == null) {
      sendReset(error);
    } else {
      answer.addListener(written -> sendReset(error));
    }
  }

  private void sendReset(long error) {
    stream
        .writeAndFlush(new DefaultHttp2ResetFrame(error))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void dropWaiting() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  /** A part of the app's answer, the last or not; whether more may come. */
  boolean answer(Object part, boolean last) {
    ChannelFuture written = stream.write(part);
    if (last) {
      answer = written;
    }
    return stream.isWritable();
  }

  void flushAnswer() {
    stream.flush();
  }

  /** The app takes more of the request, or no more for now. */
  void appWritable(boolean writable) {
    stream.config().setAutoRead(writable);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (app != null) {
      app.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (app != null) {
      app.read(stream.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset && app != null) {
      over = true;
      app.reset(reset.errorCode());
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    over = true;
    dropWaiting();
    if (app != null) {
      app.reset(Http2Error.CANCEL.code());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    reset(Http2Error.PROTOCOL_ERROR.code());
  }
}
