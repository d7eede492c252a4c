package dev.heddle.node.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.heddle.policy.tls.ClientHello;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/** Whatever a client sends first: it is told apart, once, and nothing that follows changes it. */
final class FirstBytesFuzzTest {

  @FuzzTest
  void whatComesFirstIsToldApartHoweverMuchThereIs(byte[] bytes) {
    ByteBuf framed = Unpooled.buffer().writeByte('G').writeBytes(bytes).skipBytes(1);
    FirstBytes whole = FirstBytes.look(framed);
    assertThat(framed.readerIndex()).isEqualTo(1);
    assertThat(framed.readableBytes()).isEqualTo(bytes.length);
    if (bytes.length >= FirstBytes.MAX_BYTES) {
      assertThat(whole).isNotEqualTo(FirstBytes.UNDECIDED);
      return;
    }
    boolean decided = false;
    for (int length = 0; length <= bytes.length; length += 1 + length / 64) {
      FirstBytes part = FirstBytes.look(Unpooled.wrappedBuffer(bytes, 0, length));
      if (decided || part != FirstBytes.UNDECIDED) {
        decided = true;
        assertThat(part).as("of %s bytes", length).isEqualTo(whole);
      }
    }
    boolean hello =
        ClientHello.look(ByteBuffer.wrap(bytes)).kind() == ClientHello.Kind.TLS
            || ClientHello.look(ByteBuffer.wrap(bytes)).kind() == ClientHello.Kind.MESH;
    assertThat(whole == FirstBytes.TLS).isEqualTo(hello);
  }
}
