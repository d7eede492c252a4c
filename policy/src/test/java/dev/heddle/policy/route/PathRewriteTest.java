package dev.heddle.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRewriteTest {

  @ParameterizedTest
  @CsvSource({
    "PREFIX, /api/,   /,      /api/users?x=1, /users?x=1",
    "PREFIX, /api,    /v2,    /api/users,     /v2/users",
    "PREFIX, /api,    /v2,    /apis,          /v2s",
    "EXACT,  /api,    /v2,    /api?x=1,       /v2?x=1",
    "REGEX,  /a.*,    /v2,    /api/users?x,   /v2?x",
  })
  void aUriReplacesThePrefixThatMatchedOrElseTheWholePath(
      StringMatch.Kind kind, String value, String uri, String path, String expected) {
    RouteMatch match = RouteMatch.builder().uri(StringMatch.of(kind, value)).build();
    PathRewrite rewrite = new PathRewrite(Rewrite.of(uri, null, null, null));
    assertThat(rewrite.apply(path, match)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/service/([^/]+)(/.*),  \\2/instance/\\1,  /service/foo/v1/api?q,  /v1/api/instance/foo?q",
    "one,                    two,               /xxx/one/yyy/one/zzz,   /xxx/two/yyy/two/zzz",
    "(?i)/xxx/,              /y$/,              /aaa/XxX/bbb,           /aaa/y$/bbb",
  })
  void aRegexReplacesEveryMatchInThePathAndLeavesTheQuery(
      String regex, String replacement, String path, String expected) {
    PathRewrite rewrite = new PathRewrite(Rewrite.of(null, null, regex, replacement));
    assertThat(rewrite.apply(path, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"/x, /v2x", "/, /v2"})
  void aRouteWithoutAUriConditionHasTheRootAsItsPrefix(String path, String expected) {
    PathRewrite rewrite = new PathRewrite(Rewrite.of("/v2", null, null, null));
    assertThat(rewrite.apply(path, null)).isEqualTo(expected);
    assertThat(rewrite.apply(path, RouteMatch.builder().build())).isEqualTo(expected);
  }
}
