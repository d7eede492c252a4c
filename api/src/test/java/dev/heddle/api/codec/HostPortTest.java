package dev.heddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @Test
  void aNameIsAHostAndAPort() {
    HostPort name = Objects.requireNonNull(HostPort.parse("reviews.bookinfo:9080"));

    assertThat(name.host()).isEqualTo("reviews.bookinfo");
    assertThat(name.port()).isEqualTo(9080);
  }

  @Test
  void theLastColonDivides() {
    HostPort name = Objects.requireNonNull(HostPort.parse("[2001:db8::1]:65535"));

    assertThat(name.host()).isEqualTo("[2001:db8::1]");
    assertThat(name.port()).isEqualTo(65_535);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "a",
        "a:",
        ":80",
        "a:0",
        "a:65536",
        "a:-1",
        "a: 80",
        "a:80 ",
        "a:99999999999",
        "a:x",
        "a:\u0661"
      })
  void whatIsNoneIsNone(String name) {
    assertThat(HostPort.parse(name)).isNull();
  }
}
