package dev.heddle.policy.authz;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditions on what a request has. */
final class RequestConditions {

  private static final Pattern BETWEEN_CLAIMS = Pattern.compile("\\]\\[");

  private RequestConditions() {}

  /** IllegalArgumentException where a value is of no use for the attribute. */
  static @Nullable Condition of(AttributeMatch match) {
    switch (match.attribute()) {
      case HOST:
        return new Host(match);
      case METHOD:
        return new Method(match);
      case PATH:
        return new Path(match);
      case REQUEST_HEADER:
        return new Header(match);
      case REQUEST_PRINCIPAL:
        return new Principal(match);
      case REQUEST_AUDIENCES:
        return new Claim(match, "aud");
      case REQUEST_PRESENTER:
        return new Claim(match, "azp");
      case REQUEST_CLAIM:
        return new Claim(match, BETWEEN_CLAIMS.split(match.key(), -1));
      case UNSUPPORTED:
        return new Unsupported(match);
      default:
        return null;
    }
  }

  /** Istio: without regard to case, with the port that the caller wrote. */
  private static final class Host extends TextCondition {
    Host(AttributeMatch match) {
      super(
          match,
          TextMatcher.of(match.values(), true, true),
          TextMatcher.of(match.notValues(), true, true));
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return request == null ? null : request.authority();
    }
  }

  private static final class Method extends TextCondition {
    Method(AttributeMatch match) {
      super(
          match,
          TextMatcher.of(match.values(), false, true),
          TextMatcher.of(match.notValues(), false, true));
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return request == null ? null : request.method();
    }
  }

  private static final class Path extends TextCondition {
    Path(AttributeMatch match) {
      super(match, paths(match.values()), paths(match.notValues()));
    }

    private static TextMatcher[] paths(List<String> values) {
      return values.stream()
          .map(RequestPath::ofRule)
          .map(
              value ->
                  PathTemplate.isTemplate(value)
                      ? PathTemplate.parse(value)
                      : TextMatcher.of(value, false, false))
          .toArray(TextMatcher[]::new);
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return request == null ? null : request.path();
    }
  }

  private static final class Header extends TextCondition {
    private final String name;

    Header(AttributeMatch match) {
      super(
          match,
          TextMatcher.of(match.values(), false, true),
          TextMatcher.of(match.notValues(), false, true));
      name = match.key();
    }

    @Override
    @Nullable String text(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return request == null ? null : request.header(name);
    }
  }

  private static final class Principal extends Condition {
    private final RequestPrincipalMatcher[] like;
    private final RequestPrincipalMatcher[] notLike;

    Principal(AttributeMatch match) {
      super(match);
      like = matchers(match.values());
      notLike = matchers(match.notValues());
    }

    private static RequestPrincipalMatcher[] matchers(List<String> values) {
      return values.stream()
          .map(RequestPrincipalMatcher::of)
          .toArray(RequestPrincipalMatcher[]::new);
    }

    private static boolean any(
        RequestPrincipalMatcher[] matchers, @Nullable RequestAttributes request) {
      for (RequestPrincipalMatcher matcher : matchers) {
        if (request != null && matcher.matches(request.token())) {
          return true;
        }
      }
      return false;
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(like, request);
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(notLike, request);
    }
  }

  /** A claim that is a text or a list of texts, of which one must match; Envoy sees no others. */
  private static final class Claim extends Condition {
    private final String[] path;
    private final TextMatcher[] like;
    private final TextMatcher[] notLike;

    Claim(AttributeMatch match, String... path) {
      super(match);
      this.path = path;
      like = TextMatcher.of(match.values(), false, false);
      notLike = TextMatcher.of(match.notValues(), false, false);
    }

    private boolean any(TextMatcher[] matchers, @Nullable RequestAttributes request) {
      TokenClaims token = request == null ? null : request.token();
      Object value = token == null ? null : token.at(path);
      if (value instanceof List) {
        List<?> items = (List<?>) value;
        for (int i = 0; i < items.size(); i++) {
          if (items.get(i) instanceof String && TextMatcher.any(matchers, (String) items.get(i))) {
            return true;
          }
        }
        return false;
      }
      return value instanceof String && TextMatcher.any(matchers, (String) value);
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(like, request);
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return any(notLike, request);
    }
  }

  private static final class Unsupported extends Condition {
    Unsupported(AttributeMatch match) {
      super(match);
    }

    @Override
    boolean isLike(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return false;
    }

    @Override
    boolean isLikeNot(ConnectionAttributes connection, @Nullable RequestAttributes request) {
      return false;
    }
  }
}
