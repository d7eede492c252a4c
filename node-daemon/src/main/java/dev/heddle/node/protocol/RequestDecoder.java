package dev.heddle.node.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.util.List;

/**
 * Requests by RFC 9112 without the leniency that it allows: what two parsers may read in two ways
 * is refused. Throws {@link BadRequestException}, or hands on a request whose decoder result says
 * what is wrong; after either it decodes nothing more.
 */
public final class RequestDecoder extends HttpRequestDecoder {

  private boolean inHead = true;
  private boolean inLine;
  private boolean afterLineFeed;
  private boolean refused;
  private int looked;

  /** A decoder of one connection. */
  public RequestDecoder() {
    super(strict());
  }

  static HttpDecoderConfig strict() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(HttpLimits.MAX_LINE_BYTES)
        .setMaxHeaderSize(HttpLimits.MAX_HEADER_BYTES)
        .setMaxChunkSize(HttpLimits.MAX_PIECE_BYTES)
        .setAllowDuplicateContentLengths(false)
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true)
        .setValidateHeaders(true);
  }

  /** Whether a head began that is not whole yet. */
  public boolean isInsideHead() {
    return inLine;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (inHead) {
      look(in);
    }
    int from = in.readerIndex();
    int had = out.size();
    super.decode(context, in, out);
    looked = Math.max(0, looked - (in.readerIndex() - from));
    for (int i = had; i < out.size(); i++) {
      note((HttpObject) out.get(i));
    }
  }

  private void note(HttpObject decoded) {
    if (decoded instanceof HttpRequest) {
      inHead = false;
      inLine = false;
      refused = decoded.decoderResult().isFailure();
    }
    if (decoded instanceof LastHttpContent) {
      inHead = true;
      inLine = false;
      afterLineFeed = false;
      looked = 0;
    }
  }

  /** Refuses folded lines, which Netty would join: RFC 9112 5.2 lets a server do either. */
  private void look(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex() + looked;
    while (at < end) {
      byte first = in.getByte(at);
      if (!inLine) { // empty lines before a request, RFC 9112 2.2
        if (first > ' ') {
          inLine = true;
        } else if (first != '\r' && first != '\n') {
          throw refuse("begins with byte " + first + " (expected: a method)");
        }
        at++;
        continue;
      }
      if (afterLineFeed) {
        if (first == ' ' || first == '\t') {
          throw refuse("folds a header line (expected: one line per header)");
        }
        if (first == '\r' || first == '\n') {
          inHead = false; // the empty line behind the head
          break;
        }
        afterLineFeed = false;
      }
      int lineFeed = in.forEachByte(at, end - at, ByteProcessor.FIND_LF);
      afterLineFeed = lineFeed >= 0;
      at = afterLineFeed ? lineFeed + 1 : end;
    }
    looked = at - in.readerIndex();
  }

  private BadRequestException refuse(String what) {
    refused = true;
    return new BadRequestException(400, "request " + what);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new BadRequestException(
        400, "request has content-length and transfer-encoding (expected: one of them)");
  }
}
