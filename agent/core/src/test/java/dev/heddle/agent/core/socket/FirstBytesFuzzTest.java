package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.heddle.agent.core.socket.FirstBytes.Verdict;
import dev.heddle.policy.tls.ClientHello;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever a stranger sends first: it is told apart as if it had come at once, and kept. */
final class FirstBytesFuzzTest {

  private static final Handshakes HANDSHAKES = new Handshakes();

  @FuzzTest
  void whatComesFirstIsToldApartInPieces(byte[] bytes) throws IOException {
    ClientHello whole = ClientHello.look(ByteBuffer.wrap(bytes));
    FirstBytes first = new FirstBytes(new PiecewiseTransport(bytes), HANDSHAKES);
    Verdict verdict = Verdict.WAITING;
    for (int reads = 0; verdict == Verdict.WAITING; reads++) {
      assertThat(reads).isLessThanOrEqualTo(bytes.length + 1);
      verdict = first.read(false, 0);
    }
    boolean undecided = whole.kind() == ClientHello.Kind.UNDECIDED;
    assertThat(verdict.name()).isEqualTo(undecided ? "END" : whole.kind().name());
    assertThat(first.sni()).isEqualTo(whole.sni());
    ByteBuffer taken = first.taken();
    byte[] beginning = Arrays.copyOf(bytes, taken.remaining());
    assertThat(taken).isEqualTo(ByteBuffer.wrap(beginning));
  }
}
