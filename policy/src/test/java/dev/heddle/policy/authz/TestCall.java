package dev.heddle.policy.authz;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as tests describe it. */
final class TestCall implements RequestAttributes {

  private final String method;
  private final @Nullable String path;
  private final Map<String, String> headers;
  private final @Nullable TokenClaims token;

  private TestCall(
      String method,
      @Nullable String path,
      Map<String, String> headers,
      @Nullable TokenClaims token) {
    this.method = method;
    this.path = path;
    this.headers = headers;
    this.token = token;
  }

  static TestCall of(String method, @Nullable String path) {
    return new TestCall(method, path, Collections.singletonMap("host", "cart:8080"), null);
  }

  TestCall header(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new TestCall(method, path, more, token);
  }

  TestCall token(Map<String, ?> claims) {
    return new TestCall(
        method, path, headers, TokenClaims.of(claims, Collections.singletonList("scope")));
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public @Nullable String authority() {
    return headers.get("host");
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
    return token;
  }
}
