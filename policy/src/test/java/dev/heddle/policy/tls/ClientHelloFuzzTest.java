package dev.heddle.policy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever a stranger sends first: it is told apart, once, and nothing that follows changes it. */
final class ClientHelloFuzzTest {

  @FuzzTest
  void whatComesFirstIsToldApartHoweverMuchThereIs(byte[] bytes) {
    ByteBuffer framed = ByteBuffer.allocate(bytes.length + 2);
    framed.position(1);
    framed.put(bytes).flip().position(1);
    ClientHello whole = ClientHello.look(framed);
    assertThat(framed.position()).isEqualTo(1);
    assertThat(framed.remaining()).isEqualTo(bytes.length);
    if (bytes.length >= ClientHello.MAX_BYTES) {
      assertThat(whole.kind()).isNotEqualTo(ClientHello.Kind.UNDECIDED);
    }
    boolean decided = false;
    for (int length = 0; length <= bytes.length; length += 1 + length / 64) {
      ClientHello part = ClientHello.look(ByteBuffer.wrap(bytes, 0, length));
      if (decided || part.kind() != ClientHello.Kind.UNDECIDED) {
        decided = true;
        assertThat(part.kind()).as("of %s bytes", length).isEqualTo(whole.kind());
        assertThat(part.sni()).isEqualTo(whole.sni());
      }
    }
  }
}
