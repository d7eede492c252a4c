package dev.heddle.policy.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RouteMatch} made ready: what depends on the caller alone is decided when it is built.
 */
final class RouteMatcher {

  private final @Nullable StringMatcher uri;
  private final @Nullable StringMatcher scheme;
  private final @Nullable StringMatcher method;
  private final @Nullable StringMatcher authority;
  private final Condition[] headers;
  private final Condition[] withoutHeaders;
  private final Condition[] queryParams;
  private final int port;

  RouteMatcher(RouteMatch match) {
    uri = matcher(match.uri(), match.ignoreUriCase());
    scheme = matcher(match.scheme(), false);
    method = matcher(match.method(), false);
    authority = matcher(match.authority(), false);
    headers = conditions(match.headers());
    withoutHeaders = conditions(match.withoutHeaders());
    queryParams = conditions(match.queryParams());
    port = match.port();
  }

  /** Whether a caller can ever satisfy the match, by its labels and namespace. */
  static boolean applies(RouteMatch match, Source source) {
    if (!match.sourceNamespace().isEmpty() && !match.sourceNamespace().equals(source.namespace())) {
      return false;
    }
    for (Map.Entry<String, String> label : match.sourceLabels().entrySet()) {
      if (!label.getValue().equals(source.labels().get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  boolean matches(CallRequest request, int pathEnd) {
    if (uri != null && !uri.matches(request.path(), pathEnd)) {
      return false;
    }
    if (port != 0 && port != request.port()) {
      return false;
    }
    return (method == null || method.matches(request.method()))
        && (scheme == null || scheme.matches(request.scheme()))
        && (authority == null || authority.matches(request.authority()))
        && headersMatch(request)
        && queryMatches(request.path());
  }

  private boolean headersMatch(CallRequest request) {
    for (Condition header : headers) {
      if (!header.matcher.matches(request.header(header.name))) {
        return false;
      }
    }
    for (Condition header : withoutHeaders) {
      if (header.matcher.matches(request.header(header.name))) {
        return false;
      }
    }
    return true;
  }

  private boolean queryMatches(String path) {
    for (Condition parameter : queryParams) {
      if (!parameter.matcher.matches(QueryParameters.value(path, parameter.name))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable StringMatcher matcher(@Nullable StringMatch match, boolean ignoreCase) {
    return match == null ? null : StringMatcher.of(match, ignoreCase);
  }

  private static Condition[] conditions(List<NamedMatch> matches) {
    List<Condition> conditions = new ArrayList<>(matches.size());
    for (NamedMatch match : matches) {
      conditions.add(new Condition(match.name(), StringMatcher.of(match.match(), false)));
    }
    return conditions.toArray(new Condition[0]);
  }

  private static final class Condition {
    final String name;
    final StringMatcher matcher;

    Condition(String name, StringMatcher matcher) {
      this.name = name;
      this.matcher = matcher;
    }
  }
}
