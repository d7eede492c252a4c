package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.inbound.Authorization;
import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.policy.authz.Explanation;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /explain}: whether a call would be let in, and which rule says so and why. */
final class ExplainPage implements Function<String, String> {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String SCHEME = "spiffe://";
  private static final int MAX_PORT = 65_535;

  private final Authorization authorization;

  ExplainPage(Authorization authorization) {
    this.authorization = authorization;
  }

  /** Without a method and a path of a connection that carries no requests. */
  @Override
  public String apply(String query) {
    Map<String, String> asked = Query.parse(query);
    ExplainedRequest request = ExplainedRequest.of(asked);
    InboundConnection connection =
        InboundConnection.of(
            peer(asked.remove("from")),
            address(asked.remove("ip")),
            address(null),
            port(asked.remove("port")),
            asked.remove("sni"));
    if (!asked.isEmpty()) {
      throw new IllegalArgumentException(
          asked.keySet()
              + " (expected: from=IDENTITY ip=ADDRESS port=NUMBER sni=NAME, and of a request"
              + " method=, path=, host=, header.NAME=)");
    }
    return text(authorization.explain(connection, request));
  }

  private static String text(Explanation explanation) {
    StringBuilder text = new StringBuilder().append(explanation.decision()).append('\n');
    for (Explanation.RuleOutcome rule : explanation.rules()) {
      text.append(rule).append('\n');
    }
    return text.toString();
  }

  /** A SPIFFE id, or a principal as policies write it. */
  private static @Nullable SpiffeId peer(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    SpiffeId id = SpiffeId.parse(text.startsWith(SCHEME) ? text : SCHEME + text);
    if (id == null) {
      throw new IllegalArgumentException(
          "from=" + text + " (expected: spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT)");
    }
    return id;
  }

  private static IpAddress address(@Nullable String text) {
    IpAddress address = IpAddress.parse(text == null ? LOOPBACK : text);
    if (address == null) {
      throw new IllegalArgumentException("ip=" + text + " (expected: an IP address)");
    }
    return address;
  }

  private static int port(@Nullable String text) {
    int port = -1;
    try {
      port = text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      port = -1;
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "port=" + text + " (expected: the port of this process that is called)");
    }
    return port;
  }
}
