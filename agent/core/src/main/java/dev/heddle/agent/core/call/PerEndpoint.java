package dev.heddle.agent.core.call;

import dev.heddle.policy.balance.Endpoint;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter makes of an endpoint once, such as its library's form of the address, instead of
 * for each call.
 *
 * @param <V> immutable
 */
public final class PerEndpoint<V> {

  /** More than a process calls; endpoints that are gone leave when it is reached. */
  private static final int MAX_ENDPOINTS = 4_096;

  private static final char LAST_DIGIT = '9';

  private final ConcurrentMap<Endpoint, V> values = new ConcurrentHashMap<>();

  /** Keeps nothing yet. */
  public PerEndpoint() {}

  /** What is kept, or null. */
  public @Nullable V get(Endpoint endpoint) {
    return values.get(endpoint);
  }

  /** Keeps a value, unless the address is a name: what a name stands for changes. */
  public V keep(Endpoint endpoint, V value) {
    if (isLiteral(endpoint.address())) {
      if (values.size() >= MAX_ENDPOINTS) {
        values.clear();
      }
      values.put(endpoint, value);
    }
    return value;
  }

  /**
   * IPv6 has colons, IPv4 nothing but digits and points, and no name is like that: RFC 1123 §2.1.
   */
  private static boolean isLiteral(String address) {
    if (address.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c != '.' && (c < '0' || c > LAST_DIGIT)) {
        return false;
      }
    }
    return !address.isEmpty();
  }
}
