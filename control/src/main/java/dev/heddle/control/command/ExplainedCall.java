package dev.heddle.control.command;

import dev.heddle.policy.authz.ConnectionAttributes;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.identity.SpiffeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call as somebody describes it. */
record ExplainedCall(ConnectionAttributes connection, RequestAttributes request) {

  /** Its connection. */
  record Connection(
      @Nullable SpiffeId peer,
      IpAddress sourceAddress,
      IpAddress destinationAddress,
      int destinationPort,
      @Nullable String serverName)
      implements ConnectionAttributes {}

  /** Its request. */
  record Request(
      String method,
      @Nullable String authority,
      @Nullable String path,
      Map<String, String> headers,
      @Nullable TokenClaims token)
      implements RequestAttributes {

    @Override
    public @Nullable String header(String lowerCaseName) {
      return headers.get(lowerCaseName);
    }
  }
}
