package dev.heddle.policy.call;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.HashKey;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.QueryParameters;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Where a consistent hash sends a call, the same for all its attempts: Istio {@code
 * ConsistentHashLB.hash_key}. A call without the cookie asked for gets one with its response.
 */
final class Affinity {

  private static final Affinity NONE = new Affinity(Balancer.NO_HASH, HeaderChange.NONE);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long hash;
  private final HeaderChange responseHeaders;

  private Affinity(long hash, HeaderChange responseHeaders) {
    this.hash = hash;
    this.responseHeaders = responseHeaders;
  }

  static Affinity of(
      LoadBalancer balancer, CallRequest request, String sourceAddress, RandomSource random) {
    ConsistentHash settings = balancer.consistentHash();
    if (settings == null) {
      return NONE;
    }
    String key = key(settings, request, sourceAddress);
    if (key != null) {
      return new Affinity(HashKey.of(key), HeaderChange.NONE);
    }
    boolean generates =
        settings.source() == ConsistentHash.Source.COOKIE && settings.cookieTtlNanos() >= 0;
    return generates ? withNewCookie(settings, random) : NONE;
  }

  /** The hash, or {@link Balancer#NO_HASH} where the call carries no key. */
  long hash() {
    return hash;
  }

  /** What the response must carry so that the next call goes to the same host. */
  HeaderChange responseHeaders() {
    return responseHeaders;
  }

  private static @Nullable String key(
      ConsistentHash hash, CallRequest request, String sourceAddress) {
    switch (hash.source()) {
      case HEADER:
        return request.header(hash.name());
      case COOKIE:
        return cookie(request.header("cookie"), hash.name());
      case QUERY_PARAMETER:
        return QueryParameters.value(request.path(), hash.name());
      case SOURCE_IP:
        return sourceAddress;
    }
    return null;
  }

  /** RFC 6265 §4.2.1: name=value pairs parted by "; ". */
  private static @Nullable String cookie(@Nullable String header, String name) {
    if (header == null) {
      return null;
    }
    for (String pair : header.split(";", -1)) {
      String trimmed = pair.trim();
      if (trimmed.startsWith(name) && trimmed.startsWith("=", name.length())) {
        return unquoted(trimmed.substring(name.length() + 1));
      }
    }
    return null;
  }

  /** RFC 6265 §4.1.1: a value may stand in quotes, which are no part of it. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static Affinity withNewCookie(ConsistentHash settings, RandomSource random) {
    long high = random.nextInt(Integer.MAX_VALUE);
    String value = Long.toHexString(high << 32 | random.nextInt(Integer.MAX_VALUE));
    long seconds = settings.cookieTtlNanos() / NANOS_PER_SECOND;
    String path = settings.cookiePath();
    String cookie =
        settings.name()
            + "="
            + value
            + (seconds > 0 ? "; Max-Age=" + seconds : "")
            + (path.isEmpty() ? "" : "; Path=" + path)
            + "; HttpOnly";
    HeaderChange change =
        HeaderChange.of(
            Collections.emptyMap(),
            Collections.singletonMap("set-cookie", cookie),
            Collections.emptyList());
    return new Affinity(HashKey.of(value), change);
  }
}
