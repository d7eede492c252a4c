package dev.heddle.agent.core.admin;

import dev.heddle.policy.authz.RequestAttributes;
import dev.heddle.policy.authz.RequestPath;
import dev.heddle.policy.authz.TokenClaims;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a person asks about. */
final class ExplainedRequest implements RequestAttributes {

  private static final String HEADER = "header.";

  private final String method;
  private final @Nullable String path;
  private final @Nullable String authority;
  private final Map<String, String> headers;

  private ExplainedRequest(
      String method,
      @Nullable String path,
      @Nullable String authority,
      Map<String, String> headers) {
    this.method = method;
    this.path = path;
    this.authority = authority;
    this.headers = headers;
  }

  /** Takes what is of requests out of what is asked; null: nothing is. */
  static @Nullable ExplainedRequest of(Map<String, String> asked) {
    String method = asked.remove("method");
    String target = asked.remove("path");
    String host = asked.remove("host");
    Map<String, String> headers = new HashMap<>();
    asked.forEach(
        (name, value) -> {
          if (name.startsWith(HEADER)) {
            headers.put(name.substring(HEADER.length()).toLowerCase(Locale.ROOT), value);
          }
        });
    asked.keySet().removeIf(name -> name.startsWith(HEADER));
    if (method == null && target == null && host == null && headers.isEmpty()) {
      return null;
    }
    return new ExplainedRequest(
        method == null ? "GET" : method,
        RequestPath.ofTarget(target == null ? "/" : target),
        host,
        headers);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public @Nullable String authority() {
    return authority;
  }

  @Override
  public @Nullable String path() {
    return path;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  @Override
  public @Nullable TokenClaims token() {
    return null;
  }
}
