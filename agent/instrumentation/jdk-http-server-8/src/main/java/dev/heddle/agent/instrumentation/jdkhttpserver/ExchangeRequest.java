package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.agent.core.inbound.InboundRequest;
import dev.heddle.agent.core.socket.PeerIdentities;
import dev.heddle.policy.authz.IpAddress;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exchange, read in place. */
final class ExchangeRequest extends InboundRequest {

  private @Nullable HttpExchange exchange;
  private WeakReference<@Nullable Object> connectionSeen = new WeakReference<>(null);
  private @Nullable InboundConnection connection;

  /** Reads this exchange from now on, null: none. */
  void read(@Nullable HttpExchange next) {
    exchange = next;
    begin();
  }

  @SuppressWarnings("ReferenceEquality") // this very exchange
  boolean reads(HttpExchange one) {
    return exchange == one;
  }

  private HttpExchange exchange() {
    return Objects.requireNonNull(exchange, "no exchange is read");
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very connection
  protected InboundConnection connection() {
    Object current = ExchangeConnection.of(exchange());
    InboundConnection known = connection;
    if (known == null || current == null || connectionSeen.get() != current) {
      known = described();
      connection = known;
      connectionSeen = new WeakReference<>(current);
    }
    return known;
  }

  private InboundConnection described() {
    InetSocketAddress local = exchange().getLocalAddress();
    return InboundConnection.of(
        PeerIdentities.of(local, exchange().getRemoteAddress()),
        IpAddress.of(exchange().getRemoteAddress().getAddress().getAddress()),
        IpAddress.of(local.getAddress().getAddress()),
        local.getPort(),
        null);
  }

  @Override
  public String method() {
    return exchange().getRequestMethod();
  }

  @Override
  public @Nullable String authority() {
    List<String> hosts = exchange().getRequestHeaders().get("Host");
    String host = hosts == null || hosts.isEmpty() ? null : hosts.get(0);
    String ofTarget = exchange().getRequestURI().getRawAuthority();
    boolean differs = ofTarget != null && !ofTarget.equalsIgnoreCase(host);
    if (differs || (hosts != null && hosts.size() > 1)) {
      ambiguous(SEVERAL_AUTHORITIES);
    }
    return host;
  }

  /**
   * The server takes the longest context that the decoded path starts with, wherever in a segment
   * it ends: {@code /admin;x} and {@code /adminx} lead to {@code /admin}, and what that makes of
   * the rest nobody knows.
   */
  @Override
  protected @Nullable String servedPath() {
    String path = exchange().getRequestURI().getPath();
    HttpContext context = exchange().getHttpContext();
    int length = context.getPath().length();
    boolean atSegment =
        path != null
            && path.length() >= length
            && (path.length() == length
                || path.charAt(length) == '/'
                || (length > 0 && path.charAt(length - 1) == '/'));
    return atSegment ? path : null;
  }

  @Override
  protected String target() {
    return exchange().getRequestURI().toString();
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    Headers headers = exchange().getRequestHeaders();
    List<String> values = headers.get(lowerCaseName);
    if (values == null || values.isEmpty()) {
      return null;
    }
    return values.size() == 1 ? values.get(0) : String.join(",", values);
  }

  /** The server's own map cannot be changed on newer JDKs; the exchange gets a copy that can. */
  @Override
  protected void setHeader(String lowerCaseName, @Nullable String value) {
    Headers edited = new Headers();
    edited.putAll(exchange().getRequestHeaders());
    if (value == null) {
      edited.remove(lowerCaseName);
    } else {
      edited.set(lowerCaseName, value);
    }
    ExchangeHeaders.replace(exchange(), edited);
  }
}
