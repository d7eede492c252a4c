package dev.heddle.node.inbound;

import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.authz.RequestPath;
import dev.heddle.policy.authz.TokenClaims;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as rules look at it. What its app will serve is not known here: its path is known where
 * all servers read the target alike, and else counts against the caller.
 */
final class RequestFacts implements RequestAttributes {

  private final HttpRequest request;
  private final String authority;
  private final @Nullable String path;
  private @Nullable TokenClaims token;

  RequestFacts(HttpRequest request, RequestTarget target) {
    this.request = request;
    this.authority = withoutDots(target.authority());
    this.path = RequestPath.ofTarget(request.uri());
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public @Nullable String authority() {
    return authority.isEmpty() ? null : authority;
  }

  /** A name that ends with a dot is the same name to DNS (RFC 1034 3.1), with more to some apps. */
  private static String withoutDots(String authority) {
    int port = authority.lastIndexOf(':');
    int end = port < 0 ? authority.length() : port;
    int name = end;
    while (name > 0 && authority.charAt(name - 1) == '.') {
      name--;
    }
    return name == end ? authority : authority.substring(0, name) + authority.substring(end);
  }

  @Override
  public @Nullable String path() {
    return path;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    List<String> values = request.headers().getAll(lowerCaseName);
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.get(0);
      default -> String.join(",", values);
    };
  }

  @Override
  public @Nullable TokenClaims token() {
    return token;
  }

  /** What a verified token of it says. */
  void believe(TokenClaims claims) {
    token = claims;
  }
}
