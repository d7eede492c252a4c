package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.route.CallRequest;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class RequestHead implements CallRequest {

  private static final int HTTP_PORT = 80;

  private final HttpHost target;
  private final HttpRequest request;

  RequestHead(HttpHost target, HttpRequest request) {
    this.target = target;
    this.request = request;
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
    return "http";
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
    return target.getPort() < 0 ? HTTP_PORT : target.getPort();
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
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
