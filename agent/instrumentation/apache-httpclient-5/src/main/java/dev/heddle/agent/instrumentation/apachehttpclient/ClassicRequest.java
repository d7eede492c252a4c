package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.policy.route.CallRequest;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** The head of the app's request as routes see it. */
final class ClassicRequest implements CallRequest {

  private static final int HTTP_PORT = 80;

  private final HttpHost target;
  private final ClassicHttpRequest request;

  ClassicRequest(HttpHost target, ClassicHttpRequest request) {
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
    Header header = request.getFirstHeader(lowerCaseName);
    return header == null ? null : header.getValue();
  }
}
