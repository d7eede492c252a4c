package dev.heddle.init.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.Mark;
import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CaptureRequestTest {

  private static final CaptureRequest REQUEST =
      CaptureRequest.of(PodName.parse("shop/reviews-v1.0"), CaptureSettings.DEFAULT);

  @Test
  void theLineIsThatOfTheContract() {
    assertThat(REQUEST.toLine())
        .isEqualTo(
            "capture pod=shop/reviews-v1.0 inbound=15006 outbound=15001 dns=15053 mark=1337"
                + " families=4,6 resolvers=none");
    assertThat(
            REQUEST
                .withResolvers(
                    Stream.of("10.96.0.10", "fd00::1", "::2", "::3")
                        .map(InetAddress::ofLiteral)
                        .toList())
                .toLine())
        .endsWith(" resolvers=10.96.0.10,fd00:0:0:0:0:0:0:1");
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(CaptureRequest.parse(REQUEST.toLine())).isEqualTo(REQUEST);
    CaptureRequest other =
        new CaptureRequest(
            PodName.parse("a/b"),
            6,
            1,
            OptionalInt.empty(),
            new Mark(7),
            Set.of(Family.IPV6),
            List.of(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("::1")));
    assertThat(CaptureRequest.parse(other.toLine() + " later=word")).isEqualTo(other);
  }

  @Test
  void theLongestLineFits() {
    PodName longest = new PodName("n".repeat(63), "p".repeat(253));
    InetAddress address = InetAddress.ofLiteral("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    CaptureRequest request =
        CaptureRequest.of(longest, CaptureSettings.DEFAULT)
            .withResolvers(List.of(address, address));
    String line = request.toLine() + "\n";
    assertThat(line.length()).isLessThanOrEqualTo(Handover.MAX_LINE_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "capture",
        "capture pod=a",
        "captured pod=a/b inbound=6 outbound=1 dns=off mark=7 families=4",
        "capture pod=a/b inbound=0 outbound=1 dns=off mark=7 families=4",
        "capture pod=a/b inbound=6 outbound=1 dns=no mark=7 families=4",
        "capture pod=a/b inbound=6 outbound=1 dns=off mark=0 families=4",
        "capture pod=a/b inbound=6 outbound=1 dns=off mark=7 families=",
        "capture pod=a/b inbound=6 outbound=1 dns=off mark=7 families=4,5",
        "capture pod=a/b inbound=6 outbound=1 dns=5 mark=7 families=4 resolvers=a.b",
      })
  void whatIsNoRequestIsRefused(String line) {
    assertThatThrownBy(() -> CaptureRequest.parse(line))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "/b", "a/", "A/b", "a/b/c", "a b/c", "-a/b", "a.b/c", "a/b\nc", "a/.."})
  void whatIsNoPodIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> PodName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NAMESPACE/NAME");
  }
}
