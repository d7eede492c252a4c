package dev.heddle.agent.instrumentation.undertow;

import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.agent.core.inbound.InboundRequest;
import dev.heddle.agent.core.socket.PeerIdentities;
import dev.heddle.policy.authz.IpAddress;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An exchange, read in place. */
final class ExchangeRequest extends InboundRequest {

  private final HttpServerExchange exchange;
  private @Nullable InboundConnection connection;

  ExchangeRequest(HttpServerExchange exchange) {
    this.exchange = exchange;
    begin();
  }

  /** Of the connection itself: what proxies say of others a handler of the app may believe. */
  @Override
  protected InboundConnection connection() {
    InboundConnection known = connection;
    if (known == null) {
      InetSocketAddress local = exchange.getConnection().getLocalAddress(InetSocketAddress.class);
      InetSocketAddress remote = exchange.getConnection().getPeerAddress(InetSocketAddress.class);
      known =
          InboundConnection.of(
              PeerIdentities.of(local, remote),
              IpAddress.of(remote.getAddress().getAddress()),
              IpAddress.of(local.getAddress().getAddress()),
              local.getPort(),
              null);
      connection = known;
    }
    return known;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod().toString();
  }

  /** Of a target in absolute form it is not told whether its host is the header's. */
  @Override
  public @Nullable String authority() {
    HeaderValues hosts = exchange.getRequestHeaders().get("host");
    if (exchange.isHostIncludedInRequestURI() || (hosts != null && hosts.size() > 1)) {
      ambiguous(SEVERAL_AUTHORITIES);
    }
    return hosts == null ? null : hosts.getFirst();
  }

  @Override
  protected @Nullable String servedPath() {
    return exchange.getRequestPath();
  }

  @Override
  protected String target() {
    String query = exchange.getQueryString();
    String uri = exchange.getRequestURI();
    return query == null || query.isEmpty() ? uri : uri + '?' + query;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    HeaderValues values = exchange.getRequestHeaders().get(lowerCaseName);
    if (values == null || values.isEmpty()) {
      return null;
    }
    return values.size() == 1 ? values.getFirst() : String.join(",", values);
  }

  @Override
  protected void setHeader(String lowerCaseName, @Nullable String value) {
    if (value == null) {
      exchange.getRequestHeaders().remove(lowerCaseName);
    } else {
      exchange.getRequestHeaders().put(new HttpString(lowerCaseName), value);
    }
  }
}
