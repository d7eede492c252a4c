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
    this.authority = target.authority();
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
