package dev.heddle.node.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class OriginalDestinationTest {

  @Test
  void theKernelsAddressesAreReadInBothFamilies() {
    assertThat(OriginalDestination.decode(bytes("0200 2378 0a600a01 0000000000000000"), false))
        .isEqualTo(at("10.96.10.1", 9080));
    assertThat(
            OriginalDestination.decode(
                bytes("0a00 ffff 00000000 fd800000000000000000000000000003 00000000"), true))
        .isEqualTo(at("fd80::3", 65_535));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
