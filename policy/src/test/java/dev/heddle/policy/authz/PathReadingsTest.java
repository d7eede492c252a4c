package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathReadingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/b.c", "/a/", "/a-b_c~d", "/a/b=c,d", "/@x/$y"})
  void aPlainPathIsItsOnlyReading(String path) {
    assertThat(PathReadings.isOnly(path, path)).isTrue();
    assertThat(PathReadings.isOnly(path, path + "?a=/../b;c")).isTrue();
    assertThat(PathReadings.of(path, path)).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//a", "/a//b", "/a;b", "/a%20b", "/a\\b", "/./a", "/a/..", "/a/.hidden", "a", ""})
  void whatMayBeReadDifferentlyIsLookedAt(String path) {
    assertThat(PathReadings.isOnly(path, path)).isFalse();
  }

  @Test
  void aPathThatIsNotTheTargetsIsLookedAt() {
    assertThat(PathReadings.isOnly("/a", "/ab")).isFalse();
    assertThat(PathReadings.isOnly("/a", "/a#b")).isFalse();
    assertThat(PathReadings.isOnly("/a", "http://host/a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/a,           http://host/a,       /a",
    "/a,           HTTP://host/a?b,     /a",
    "/,            http://host,         /",
    "/a b,         /a%20b,              /a b",
    "/a/b,         /a/%62,              /a/b",
    "/shop,        /shop;jsessionid=1,  /shop|/shop;jsessionid=1",
    "/shop;x,      /shop;x,             /shop;x|/shop",
    "/a/b,         /a//b,               /a/b|/a//b",
    "/a//b,        /a//b,               /a//b|/a/b",
    "/a/c,         /a;x=y/c,            /a/c|/a;x=y/c",
    "/new,         /old,                /new|/old",
    "/a/.hidden,   /a/.hidden,          /a/.hidden",
  })
  void parametersAndEmptySegmentsAreReadBothWays(String served, String target, String readings) {
    assertThat(PathReadings.of(served, target)).containsExactly(readings.split("\\|", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "/public, /admin/../public",
    "/public, /admin/..;/public",
    "/public, /admin;x/..;y/public",
    "/public, /admin/%2e%2e/public",
    "/public, /%61dmin/..;/public",
    "/a,      /./a",
    "/a/b,    /a%2fb",
    "/a/b,    /a%5Cb",
    "/a/b,    /a\\b",
    "/a%2fb,  /a%252fb",
    "/a,      /a%00",
    "/a,      /a;%00",
    "/a;b,    /a%3bb",
    "/a.,     /a%C0%AE",
    "/a,      *",
    "/a,      /a#b",
    "/a,      //a;x",
    "/a,      /;x/a",
    "/a/b,    /a/;x/b",
    "/a,      x/b?://y/a",
    "/a,      x/b#://y/a",
    "/a,      1ttp://y/a",
    "/../a,   /../a",
  })
  void whatCannotBeToldIsUnknown(String served, String target) {
    assertThat(PathReadings.of(served, target)).containsExactly((String) null);
  }

  @Test
  void aServerWithoutAPathMakesItUnknown() {
    assertThat(PathReadings.of(null, "/a")).containsExactly((String) null);
  }
}
