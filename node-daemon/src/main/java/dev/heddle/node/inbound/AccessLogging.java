package dev.heddle.node.inbound;

import dev.heddle.node.accesslog.AccessEntry;
import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.identity.SpiffeId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the messages of a client pass, or its bytes, and writes down each request when its
 * answer has gone by; a connection whose requests are not read when it ends.
 */
final class AccessLogging extends ChannelDuplexHandler {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final AccessLog log;
  private final InboundServer server;
  private final InboundConnection connection;
  private final String protocol;
  private final ArrayDeque<Line> open = new ArrayDeque<>(1);

  /**
   * @param protocol of its requests; empty: its bytes are not read
   */
  AccessLogging(
      AccessLog log, InboundServer server, InboundConnection connection, String protocol) {
    this.log = log;
    this.server = server;
    this.connection = connection;
    this.protocol = protocol;
    if (protocol.isEmpty()) {
      open.add(new Line(null));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      open.add(new Line(asked(request)));
    }
    if (!open.isEmpty()) {
      open.getLast().received += size(message);
    }
    context.fireChannelRead(message);
  }

  private AccessEntry.Request asked(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return new AccessEntry.Request(
        request.method().name(),
        request.uri(),
        protocol,
        headers.get(HttpHeaderNames.HOST),
        headers.get(HttpHeaderNames.USER_AGENT),
        headers.get("x-request-id"),
        headers.get("x-forwarded-for"));
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Line line = open.peek();
    if (line != null) {
      answer(line, message);
    }
    context.write(message, promise);
  }

  private void answer(Line line, Object message) {
    if (message instanceof HttpResponse response) {
      int status = response.status().code();
      boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      if (interim && status != SWITCHING_PROTOCOLS) {
        return;
      }
      line.status = status;
      String reason = response.headers().get(LocalReply.REASON_HEADER);
      line.details = reason == null ? "via_upstream" : reason;
    }
    line.sent += size(message);
    if (message instanceof LastHttpContent && line.status != SWITCHING_PROTOCOLS) {
      open.remove();
      line.end("");
    }
  }

  private static int size(Object message) {
    if (message instanceof ByteBuf bytes) {
      return bytes.readableBytes();
    }
    return message instanceof HttpContent content ? content.content().readableBytes() : 0;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    for (Line line = open.poll(); line != null; line = open.poll()) {
      boolean whole = line.request == null || line.status == SWITCHING_PROTOCOLS;
      line.end(whole ? "" : "DC");
    }
    context.fireChannelInactive();
  }

  private static String text(InetSocketAddress address) {
    return NetUtil.toSocketAddressString(address);
  }

  /** One that is not written yet. */
  private final class Line {
    final AccessEntry.@Nullable Request request;
    private final long startMillis = server.epochMillis().getAsLong();
    private final long startNanos = server.nanoTime().getAsLong();
    long received;
    long sent;
    int status;
    @Nullable String details;

    Line(AccessEntry.@Nullable Request request) {
      this.request = request;
    }

    void end(String flags) {
      SpiffeId peer = connection.peer();
      log.write(
          new AccessEntry(
              startMillis,
              request,
              status,
              flags,
              details,
              received,
              sent,
              (server.nanoTime().getAsLong() - startNanos) / 1_000_000,
              text(connection.captured().destination()),
              text(connection.captured().client()),
              connection.serverName(),
              peer == null ? null : peer.uri()));
    }
  }
}
