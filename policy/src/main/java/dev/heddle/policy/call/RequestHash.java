package dev.heddle.policy.call;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.HashKey;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.QueryParameters;
import org.jspecify.annotations.Nullable;

/** The key by which a consistent hash sends a call: Istio {@code ConsistentHashLB.hash_key}. */
final class RequestHash {

  private RequestHash() {}

  /** The hash, or {@link Balancer#NO_HASH} where the call carries no key. */
  static long of(LoadBalancer balancer, CallRequest request, String sourceAddress) {
    ConsistentHash hash = balancer.consistentHash();
    if (hash == null) {
      return Balancer.NO_HASH;
    }
    String key = key(hash, request, sourceAddress);
    return key == null ? Balancer.NO_HASH : HashKey.of(key);
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
        return trimmed.substring(name.length() + 1);
      }
    }
    return null;
  }
}
