package dev.heddle.policy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.TestMesh;
import dev.heddle.policy.TestRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static StringMatch exact(String value) {
    return StringMatch.of(StringMatch.Kind.EXACT, value);
  }

  private static StringMatch prefix(String value) {
    return StringMatch.of(StringMatch.Kind.PREFIX, value);
  }

  private static StringMatch regex(String value) {
    return StringMatch.of(StringMatch.Kind.REGEX, value);
  }

  private static StringMatch present() {
    return StringMatch.of(StringMatch.Kind.PRESENT, "");
  }

  private static List<NamedMatch> named(String name, StringMatch match) {
    return Collections.singletonList(NamedMatch.of(name, match));
  }

  private static boolean matches(RouteMatch.Builder match, CallRequest request) {
    return RouteTable.<String>builder(TestMesh.SOURCE)
            .add(Collections.singletonList(match.build()), "it")
            .build()
            .match(request)
        != null;
  }

  private static RouteMatch.Builder uri(StringMatch uri) {
    return RouteMatch.builder().uri(uri);
  }

  @Test
  void anExactUriIsComparedWithoutTheQuery() {
    assertThat(matches(uri(exact("/a")), TestRequest.get("/a"))).isTrue();
    assertThat(matches(uri(exact("/a")), TestRequest.get("/a?x=1"))).isTrue();
    assertThat(matches(uri(exact("/a")), TestRequest.get("/a/"))).isFalse();
    assertThat(matches(uri(exact("/a")), TestRequest.get("/A"))).isFalse();
  }

  @Test
  void aUriPrefixIsOneOfCharactersNotOfSegments() {
    assertThat(matches(uri(prefix("/a")), TestRequest.get("/ab"))).isTrue();
    assertThat(matches(uri(prefix("/a/")), TestRequest.get("/a"))).isFalse();
    assertThat(matches(uri(prefix("/a?")), TestRequest.get("/a?x"))).isFalse();
  }

  @Test
  void aRegexMustMatchTheWholePath() {
    assertThat(matches(uri(regex("/a[0-9]+")), TestRequest.get("/a12"))).isTrue();
    assertThat(matches(uri(regex("/a[0-9]+")), TestRequest.get("/a12?b"))).isTrue();
    assertThat(matches(uri(regex("/a[0-9]+")), TestRequest.get("/a12/b"))).isFalse();
    assertThat(matches(uri(regex("a[0-9]+")), TestRequest.get("/a12"))).isFalse();
  }

  @Test
  void caseIsIgnoredWhereAskedForExactAndPrefix() {
    assertThat(matches(uri(exact("/a")).ignoreUriCase(true), TestRequest.get("/A"))).isTrue();
    assertThat(matches(uri(prefix("/a")).ignoreUriCase(true), TestRequest.get("/AB"))).isTrue();
    assertThat(matches(uri(regex("/a")).ignoreUriCase(true), TestRequest.get("/A"))).isFalse();
  }

  @Test
  void methodSchemeAuthorityAndPortAreConditions() {
    TestRequest request = TestRequest.post("/");
    assertThat(matches(RouteMatch.builder().method(exact("POST")), request)).isTrue();
    assertThat(matches(RouteMatch.builder().method(exact("GET")), request)).isFalse();
    assertThat(matches(RouteMatch.builder().scheme(exact("http")), request)).isTrue();
    assertThat(matches(RouteMatch.builder().scheme(exact("https")), request)).isFalse();
    assertThat(matches(RouteMatch.builder().authority(prefix("reviews")), request)).isTrue();
    assertThat(matches(RouteMatch.builder().authority(exact("ratings")), request)).isFalse();
    assertThat(matches(RouteMatch.builder().port(9080), request)).isTrue();
    assertThat(matches(RouteMatch.builder().port(80), request)).isFalse();
  }

  @Test
  void headersMustAllMatchAndAbsentOnesNeverDo() {
    TestRequest request = TestRequest.get("/").with("end-user", "jason");
    assertThat(matches(RouteMatch.builder().headers(named("end-user", exact("jason"))), request))
        .isTrue();
    assertThat(matches(RouteMatch.builder().headers(named("end-user", present())), request))
        .isTrue();
    assertThat(matches(RouteMatch.builder().headers(named("end-user", regex("jas"))), request))
        .isFalse();
    assertThat(matches(RouteMatch.builder().headers(named("other", prefix(""))), request))
        .isFalse();
    List<NamedMatch> both =
        Arrays.asList(NamedMatch.of("end-user", present()), NamedMatch.of("other", exact("x")));
    assertThat(matches(RouteMatch.builder().headers(both), request)).isFalse();
  }

  @Test
  void noneOfTheHeadersRuledOutMayMatch() {
    TestRequest request = TestRequest.get("/").with("end-user", "jason");
    RouteMatch.Builder without =
        RouteMatch.builder().withoutHeaders(named("end-user", exact("jason")));
    assertThat(matches(without, request)).isFalse();
    assertThat(matches(without, TestRequest.get("/").with("end-user", "mia"))).isTrue();
    assertThat(matches(without, TestRequest.get("/"))).isTrue();
  }

  @Test
  void queryParametersAreFoundAnywhereInTheQuery() {
    RouteMatch.Builder match = RouteMatch.builder().queryParams(named("v", exact("2")));
    assertThat(matches(match, TestRequest.get("/?v=2"))).isTrue();
    assertThat(matches(match, TestRequest.get("/?u=1&v=2&w=3"))).isTrue();
    assertThat(matches(match, TestRequest.get("/?uv=2"))).isFalse();
    assertThat(matches(match, TestRequest.get("/?v=22"))).isFalse();
    assertThat(matches(match, TestRequest.get("/v=2"))).isFalse();
    RouteMatch.Builder present = RouteMatch.builder().queryParams(named("v", present()));
    assertThat(matches(present, TestRequest.get("/?v"))).isTrue();
  }

  @Test
  void callersAreToldApartByLabelsAndNamespace() {
    TestRequest request = TestRequest.get("/");
    assertThat(matches(RouteMatch.builder().sourceNamespace("default"), request)).isTrue();
    assertThat(matches(RouteMatch.builder().sourceNamespace("other"), request)).isFalse();
    assertThat(
            matches(
                RouteMatch.builder().sourceLabels(Collections.singletonMap("app", "productpage")),
                request))
        .isTrue();
    assertThat(
            matches(
                RouteMatch.builder().sourceLabels(Collections.singletonMap("app", "ratings")),
                request))
        .isFalse();
  }

  @Test
  void blocksOfOneRouteAreAlternativesAndTheFirstRouteWins() {
    RouteTable<String> table =
        RouteTable.<String>builder(TestMesh.SOURCE)
            .add(Arrays.asList(uri(exact("/a")).build(), uri(exact("/b")).build()), "first")
            .add(Collections.singletonList(uri(prefix("/")).build()), "second")
            .add(Collections.singletonList(uri(exact("/c")).build()), "never reached")
            .add(Collections.emptyList(), "rest")
            .build();
    assertThat(route(table, "/b")).isEqualTo("first");
    assertThat(route(table, "/c")).isEqualTo("second");
  }

  private static String route(RouteTable<String> table, String path) {
    RouteTable.Matched<String> matched = table.match(TestRequest.get(path));
    return matched == null ? "" : matched.route();
  }

  @Test
  void anExpressionThatRe2DoesNotKnowIsRefusedForEveryCaller() {
    RouteMatch match = uri(regex("(?=x)")).sourceNamespace("elsewhere").build();
    assertThatThrownBy(
            () ->
                RouteTable.<String>builder(TestMesh.SOURCE)
                    .add(Collections.singletonList(match), "it"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(?=x)")
        .hasMessageContaining("RE2");
  }
}
