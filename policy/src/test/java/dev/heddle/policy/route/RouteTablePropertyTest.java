package dev.heddle.policy.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.TestMesh;
import dev.heddle.policy.TestRequest;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class RouteTablePropertyTest {

  @Provide
  Arbitrary<String> path() {
    return Arbitraries.strings().withChars("ab/").ofMaxLength(4).map(rest -> "/" + rest);
  }

  @Provide
  Arbitrary<List<RouteMatch>> rules() {
    Arbitrary<StringMatch> uri =
        Combinators.combine(
                Arbitraries.of(
                    StringMatch.Kind.EXACT, StringMatch.Kind.PREFIX, StringMatch.Kind.REGEX),
                path())
            .as(StringMatch::of);
    Arbitrary<String> method = Arbitraries.of("", "GET", "POST");
    return Combinators.combine(uri.injectNull(0.2), Arbitraries.of(true, false), method)
        .as(RouteTablePropertyTest::rule)
        .list()
        .ofMaxSize(30);
  }

  private static RouteMatch rule(StringMatch uri, boolean ignoreCase, String method) {
    RouteMatch.Builder rule = RouteMatch.builder().ignoreUriCase(ignoreCase).uri(uri);
    if (!method.isEmpty()) {
      rule.method(StringMatch.of(StringMatch.Kind.EXACT, method));
    }
    return rule.build();
  }

  @Property
  void theIndexAnswersAsALookThroughAllRulesInTheirOrder(
      @ForAll("rules") List<RouteMatch> rules,
      @ForAll("path") String path,
      @ForAll boolean withQuery) {
    TestRequest request = TestRequest.get(withQuery ? path + "?a=b" : path);
    RouteTable.Builder<Integer> table = RouteTable.builder(TestMesh.SOURCE);
    int expected = -1;
    for (int i = 0; i < rules.size(); i++) {
      List<RouteMatch> rule = Collections.singletonList(rules.get(i));
      table.add(rule, i);
      boolean matches = new RouteMatcher(rules.get(i)).matches(request, path.length());
      expected = expected < 0 && matches ? i : expected;
    }
    RouteTable.Matched<Integer> matched = table.build().match(request);
    assertThat(matched == null ? -1 : matched.route()).isEqualTo(expected);
  }

  @Property
  void aRegexOfALiteralMatchesThatLiteralAlone(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String literal,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 5) String text) {
    StringMatcher matcher =
        StringMatcher.of(StringMatch.of(StringMatch.Kind.REGEX, literal), false);
    assertThat(matcher.matches(text)).isEqualTo(literal.equals(text));
  }
}
