package dev.heddle.policy.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host in their order: the first that matches wins. Exact paths and prefixes are
 * indexed, so that a decision among a thousand rules does not try a thousand.
 *
 * <p>Hot path: {@link #match} takes no lock and allocates nothing, but for regular expressions and
 * query parameters.
 */
public final class RouteTable<R> {

  /** No route matched. */
  private static final int NONE = Integer.MAX_VALUE;

  private final List<Matched<R>> candidates;
  private final ExactPaths exactPaths;
  private final PrefixTree prefixes;
  private final int[] others;

  private RouteTable(List<Matched<R>> candidates) {
    this.candidates = candidates;
    ExactPaths.Builder exact = new ExactPaths.Builder();
    PrefixTree tree = new PrefixTree();
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      RouteMatch match = candidates.get(i).match;
      StringMatch uri = match == null || match.ignoreUriCase() ? null : match.uri();
      if (uri != null && uri.kind() == StringMatch.Kind.EXACT) {
        exact.add(uri.value(), i);
      } else if (uri != null && uri.kind() == StringMatch.Kind.PREFIX) {
        tree.add(uri.value(), i);
      } else {
        rest.add(i);
      }
    }
    exactPaths = exact.build();
    prefixes = tree;
    others = rest.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A table builder for calls that this workload makes. */
  public static <R> Builder<R> builder(Source source) {
    return new Builder<>(source);
  }

  /** The route that the call takes, or null where none matches (Envoy answers 404). */
  public @Nullable Matched<R> match(CallRequest request) {
    String path = request.path();
    int end = QueryParameters.pathEnd(path);
    int best = firstOf(exactPaths.find(path, end), NONE, request, end);
    best = firstOf(others, best, request, end);
    PrefixTree.Node node = prefixes.root();
    for (int at = 0; node != null; ) {
      best = firstOf(node.ordinals(), best, request, end);
      node = node.next(path, at, end);
      at += node == null ? 0 : node.length();
    }
    return best == NONE ? null : candidates.get(best);
  }

  private int firstOf(int[] ordinals, int best, CallRequest request, int end) {
    for (int ordinal : ordinals) {
      if (ordinal >= best) {
        return best;
      }
      RouteMatcher matcher = candidates.get(ordinal).matcher;
      if (matcher == null || matcher.matches(request, end)) {
        return ordinal;
      }
    }
    return best;
  }

  /** Collects routes in order. */
  public static final class Builder<R> {
    private final Source source;
    private final List<Matched<R>> candidates = new ArrayList<>();

    private Builder(Source source) {
      this.source = source;
    }

    /**
     * Adds a route behind those added before; no matches means every call. Conditions of other
     * callers are checked as well, so that a bad expression is refused for all.
     */
    public Builder<R> add(List<RouteMatch> matches, R route) {
      if (matches.isEmpty()) {
        candidates.add(new Matched<>(null, route));
      }
      for (RouteMatch match : matches) {
        Matched<R> candidate = new Matched<>(match, route);
        if (RouteMatcher.applies(match, source)) {
          candidates.add(candidate);
        }
      }
      return this;
    }

    /** The table. */
    public RouteTable<R> build() {
      return new RouteTable<>(candidates);
    }
  }

  /** A route and the block of its conditions that a call satisfied. */
  public static final class Matched<R> {
    private final @Nullable RouteMatch match;
    private final @Nullable RouteMatcher matcher;
    private final R route;

    Matched(@Nullable RouteMatch match, R route) {
      this.match = match;
      this.matcher = match == null ? null : new RouteMatcher(match);
      this.route = route;
    }

    /** The conditions, or null where the route has none. */
    public @Nullable RouteMatch match() {
      return match;
    }

    /** The route. */
    public R route() {
      return route;
    }
  }
}
