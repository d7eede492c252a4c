package dev.heddle.benchmarks.authz;

import dev.heddle.policy.authz.ConnectionAttributes;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.identity.SpiffeId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call as a server holds it. */
final class SampleCall {

  private SampleCall() {}

  static ConnectionAttributes connection() {
    return new Connection(
        SpiffeId.of("cluster.local", "shop", "cart"),
        Objects.requireNonNull(IpAddress.parse("10.0.0.9")),
        Objects.requireNonNull(IpAddress.parse("10.0.0.1")),
        8080,
        null);
  }

  static RequestAttributes request() {
    return new Request(
        "GET",
        "items:8080",
        "/items/abc/reviews",
        Map.of("x-tenant", "ann", "accept", "*/*"),
        null);
  }

  private record Connection(
      SpiffeId peer,
      IpAddress sourceAddress,
      IpAddress destinationAddress,
      int destinationPort,
      @Nullable String serverName)
      implements ConnectionAttributes {}

  private record Request(
      String method,
      String authority,
      String path,
      Map<String, String> headers,
      @Nullable TokenClaims token)
      implements RequestAttributes {

    @Override
    public @Nullable String header(String lowerCaseName) {
      return headers.get(lowerCaseName);
    }
  }
}
