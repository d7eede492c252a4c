package dev.heddle.control.index;

import dev.heddle.policy.route.NamedMatch;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.StringMatch;
import dev.heddle.rules.virtualservice.HttpMatch;
import dev.heddle.rules.virtualservice.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPMatchRequest} as conditions of policy. */
final class Matches {

  private Matches() {}

  static RouteMatch of(HttpMatch match) {
    return RouteMatch.builder()
        .name(match.name() == null ? "" : match.name())
        .uri(text(match.uri()))
        .ignoreUriCase(Boolean.TRUE.equals(match.ignoreUriCase()))
        .scheme(text(match.scheme()))
        .method(text(match.method()))
        .authority(text(match.authority()))
        .headers(named(match.headers(), true))
        .withoutHeaders(named(match.withoutHeaders(), true))
        .queryParams(named(match.queryParams(), false))
        .port(match.port() == null ? 0 : Math.toIntExact(match.port()))
        .sourceLabels(match.sourceLabels())
        .sourceNamespace(match.sourceNamespace() == null ? "" : match.sourceNamespace())
        .build();
  }

  private static List<NamedMatch> named(Map<String, TextMatch> matches, boolean lowerCase) {
    return matches.entrySet().stream()
        .map(
            entry ->
                NamedMatch.of(
                    lowerCase ? entry.getKey().toLowerCase(Locale.ROOT) : entry.getKey(),
                    present(entry.getValue())))
        .toList();
  }

  /** A name without a condition asks only that it be there. */
  private static StringMatch present(@Nullable TextMatch match) {
    StringMatch text = text(match);
    return text == null ? StringMatch.of(StringMatch.Kind.PRESENT, "") : text;
  }

  private static @Nullable StringMatch text(@Nullable TextMatch match) {
    if (match == null) {
      return null;
    }
    if (match.exact() != null) {
      return StringMatch.of(StringMatch.Kind.EXACT, match.exact());
    }
    if (match.prefix() != null) {
      return StringMatch.of(StringMatch.Kind.PREFIX, match.prefix());
    }
    return match.regex() == null ? null : StringMatch.of(StringMatch.Kind.REGEX, match.regex());
  }
}
