package dev.heddle.node.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/** Whatever a client sends as requests: they are the same ones however the bytes are cut. */
final class RequestDecoderFuzzTest {

  @FuzzTest
  void requestsAreReadAlikeHoweverTheyAreCut(byte[] bytes) {
    assertThat(read(bytes, 1)).isEqualTo(read(bytes, Math.max(1, bytes.length)));
  }

  /** What was read before the first thing that is refused, which ends a connection. */
  private static String read(byte[] bytes, int piece) {
    EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder());
    StringBuilder read = new StringBuilder();
    boolean goesOn = true;
    for (int at = 0; goesOn && at < bytes.length; at += piece) {
      try {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
      } catch (BadRequestException e) {
        goesOn = false;
      }
      goesOn = take(channel, read) && goesOn;
    }
    channel.finishAndReleaseAll();
    return read.toString();
  }

  private static boolean take(EmbeddedChannel channel, StringBuilder read) {
    Object message = channel.readInbound();
    boolean goesOn = true;
    while (message != null) {
      goesOn = goesOn && tell(message, read);
      ReferenceCountUtil.release(message);
      message = channel.readInbound();
    }
    return goesOn;
  }

  private static boolean tell(Object message, StringBuilder read) {
    if (message instanceof HttpRequest request) {
      if (RequestRules.check(request) != null) {
        return false;
      }
      read.append(request.method()).append(' ').append(request.uri()).append('\n');
      request.headers().forEach(header -> read.append(header).append('\n'));
    }
    if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        return false;
      }
      ByteBuf body = content.content();
      read.append(body.toString(StandardCharsets.ISO_8859_1));
      if (content instanceof LastHttpContent last) {
        last.trailingHeaders().forEach(header -> read.append('\n').append(header));
        read.append("\n--\n");
      }
    }
    return true;
  }
}
