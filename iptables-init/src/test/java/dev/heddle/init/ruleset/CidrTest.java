package dev.heddle.init.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "10.1.2.3, 10.1.2.3/32",
    "192.0.2.255/25, 192.0.2.128/25",
    "0.0.0.0/0, 0.0.0.0/0",
    "::/0, ::/0",
    "::1, ::1/128",
    "FD00:0:0:0:0:0:0:1, fd00::1/128",
    "fd00:0:0:1:0:0:0:1, fd00:0:0:1::1/128",
    "fd00:0:0:1:1:0:0:1, fd00::1:1:0:0:1/128",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1/128",
    "2001:db8:1:1:1:1:0:0, 2001:db8:1:1:1:1::/128",
    "fd12:3456::/9, fd00::/9",
  })
  void rangesAreWrittenAsIptablesWritesThem(String text, String canonical) {
    assertThat(Cidr.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "example.com",
        "fe80::1%lo",
        "*"
      })
  void whatIsNoRangeIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("10.0.0.0/8");
  }

  @Property
  void whatIsWrittenReadsAsTheSameAndContainsItsOwnAddress(
      @ForAll @Size(16) byte[] bytes, @ForAll @IntRange(max = 128) int prefix)
      throws UnknownHostException {
    bytes[0] = 0x20; // no address of IPv4 in disguise
    Cidr range = new Cidr(InetAddress.getByAddress(bytes), prefix);
    assertThat(Cidr.parse(range.toString())).isEqualTo(range);
    assertThat(range.contains(InetAddress.getByAddress(bytes))).isTrue();
  }
}
