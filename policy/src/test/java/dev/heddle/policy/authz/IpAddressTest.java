package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "localhost",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4 ",
        "1..2.3",
        ".1.2.3",
        "1.2.3.",
        "0x1.2.3.4",
        "::g",
        "fe80::1%eth0",
        "[::1]",
        ":::",
        "1::2::3",
        ":1::2",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8::",
        "1:",
        "::1:",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3",
        "::1.2.3.4:5",
        "12345::",
        "\u0661.2.3.4"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "::, 0:0:0:0:0:0:0:0",
    "::1, 0:0:0:0:0:0:0:1",
    "1::, 1:0:0:0:0:0:0:0",
    "fe80::a:B, fe80:0:0:0:0:0:a:b",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "64:ff9b::1.2.3.4, 64:ff9b:0:0:0:0:102:304",
    "::ffff:1.2.3.4, 1.2.3.4",
    "::ffff:102:304, 1.2.3.4"
  })
  void shortFormsAreTheLongOnes(String text, String written) {
    assertThat(IpAddress.parse(text)).hasToString(written);
  }

  @Property
  void anAddressIsReadAsTheJdkWritesIt(@ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6)
      throws UnknownHostException {
    for (InetAddress address :
        new InetAddress[] {InetAddress.getByAddress(v4), InetAddress.getByAddress(v6)}) {
      IpAddress read = Objects.requireNonNull(IpAddress.parse(address.getHostAddress()));

      assertThat(read).isEqualTo(IpAddress.of(address.getAddress()));
      assertThat(read).hasToString(address.getHostAddress());
    }
  }

  @Property
  void aBlockHoldsTheAddressesThatShareItsFirstBits(
      @ForAll @Size(16) byte[] first,
      @ForAll @Size(16) byte[] other,
      @ForAll @IntRange(max = 128) int bits)
      throws UnknownHostException {
    for (int i = 0; i < bits / 2; i++) {
      set(other, i, bit(first, i)); // so that blocks are hit, not only missed
    }
    first[0] |= 1; // no IPv4 in IPv6
    other[0] |= 1;
    IpBlock block = IpBlock.parse(InetAddress.getByAddress(first).getHostAddress() + '/' + bits);
    boolean same = true;
    for (int i = 0; i < bits; i++) {
      same &= bit(first, i) == bit(other, i);
    }

    assertThat(block.contains(IpAddress.of(other))).isEqualTo(same);
  }

  private static boolean bit(byte[] bytes, int at) {
    return ((bytes[at / 8] >> (7 - at % 8)) & 1) == 1;
  }

  private static void set(byte[] bytes, int at, boolean value) {
    int mask = 1 << (7 - at % 8);
    bytes[at / 8] = (byte) (value ? bytes[at / 8] | mask : bytes[at / 8] & ~mask);
  }
}
