package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.snapshot.HostRouter;
import java.util.Locale;
import org.apache.hc.client5.http.cookie.CookieOrigin;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class RequestHead implements CallRequest {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final HttpHost target;
  private final HttpRequest request;
  private final @Nullable HttpClientContext context;

  /** context: of a client that may keep cookies, null where it keeps none. */
  RequestHead(HttpHost target, HttpRequest request, @Nullable HttpClientContext context) {
    this.target = target;
    this.request = request;
    this.context = context;
  }

  /** Whether the app itself encrypts it: then it is sent to an endpoint as it is. */
  boolean isEncrypted() {
    return "https".equalsIgnoreCase(target.getSchemeName());
  }

  /** The router, if it can decide on this request; null: the call goes its own way. */
  @Nullable HostRouter decidedBy(@Nullable HostRouter found) {
    return found != null && isEncrypted() && !found.forwardsUnread() ? null : found;
  }

  String host() {
    return target.getHostName().toLowerCase(Locale.ROOT);
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String scheme() {
    return isEncrypted() ? "https" : "http";
  }

  @Override
  public String authority() {
    Header host = request.getFirstHeader("host");
    if (host != null) {
      return host.getValue();
    }
    URIAuthority authority = request.getAuthority();
    return authority == null ? target.toHostString() : authority.toString();
  }

  @Override
  public String path() {
    String path = request.getPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  @Override
  public int port() {
    int usual = isEncrypted() ? HTTPS_PORT : HTTP_PORT;
    return target.getPort() < 0 ? usual : target.getPort();
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    String own = ownHeader(lowerCaseName);
    return own == null && context != null && lowerCaseName.equals("cookie")
        ? Cookies.sent(context, origin())
        : own;
  }

  private CookieOrigin origin() {
    int query = path().indexOf('?');
    String path = query < 0 ? path() : path().substring(0, query);
    return new CookieOrigin(host(), port(), path, isEncrypted());
  }

  private @Nullable String ownHeader(String lowerCaseName) {
    Header[] headers = request.getHeaders(lowerCaseName);
    if (headers.length < 2) {
      return headers.length == 0 ? null : headers[0].getValue();
    }
    StringBuilder joined = new StringBuilder(headers[0].getValue());
    for (int i = 1; i < headers.length; i++) {
      joined.append(',').append(headers[i].getValue());
    }
    return joined.toString();
  }
}
