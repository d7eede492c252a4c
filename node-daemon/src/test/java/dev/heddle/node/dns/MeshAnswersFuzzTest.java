package dev.heddle.node.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** Whatever a pod sends as a query: it is left alone, or its answer is one that resolvers read. */
final class MeshAnswersFuzzTest {

  @FuzzTest
  void anAnswerIsWholeAndToTheQuestion(byte[] bytes) {
    ByteBuf query = Unpooled.wrappedBuffer(bytes);
    MeshQuestion question = MeshQuestion.read(query);
    assertThat(query.readerIndex()).isZero();
    assertThat(query.readableBytes()).isEqualTo(bytes.length);
    if (question == null) {
      return;
    }
    List<InetAddress> addresses =
        List.of(
            InetAddress.ofLiteral("10.0.0.1"),
            InetAddress.ofLiteral("fd00::1"),
            InetAddress.ofLiteral("fd00::2"));
    int dot = question.name().lastIndexOf('.');
    String meant = dot > 0 ? question.name().substring(0, dot) : question.name();
    NameTable.Found found = new NameTable.Found(meant, addresses);
    byte[] answer =
        ByteBufUtil.getBytes(
            MeshAnswers.answer(
                query,
                question,
                found,
                MeshAnswers.MAX_DATAGRAM_BYTES,
                UnpooledByteBufAllocator.DEFAULT));
    assertThat(answer.length).isLessThanOrEqualTo(MeshAnswers.MAX_DATAGRAM_BYTES);
    assertThat(Arrays.copyOfRange(answer, 12, question.end()))
        .isEqualTo(Arrays.copyOfRange(bytes, 12, question.end()));
    DatagramDnsResponse read = Messages.read(answer);
    assertThat(read.id()).isEqualTo(((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
    int answers = (question.ipv6() ? 2 : 1) + (meant.equals(question.name()) ? 0 : 1);
    assertThat(read.count(DnsSection.ANSWER)).isEqualTo(answers);
    assertThat(Messages.answers(read)).hasSize(answers);
    assertThat(Messages.offered(read))
        .isEqualTo(question.edns() ? MeshAnswers.MAX_DATAGRAM_BYTES : 0);
  }
}
