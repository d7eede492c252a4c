package dev.heddle.policy;

import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a test writes it down: GET http://reviews:9080 and a path, unless told otherwise.
 */
public final class TestRequest implements CallRequest {

  private final Map<String, String> headers = new HashMap<>();
  private HeaderChange inherited = HeaderChange.NONE;
  private final String method;
  private final String authority;
  private final String path;

  private TestRequest(String method, String authority, String path) {
    this.method = method;
    this.authority = authority;
    this.path = path;
  }

  public static TestRequest get(String path) {
    return new TestRequest("GET", "reviews:9080", path);
  }

  public static TestRequest post(String path) {
    return new TestRequest("POST", "reviews:9080", path);
  }

  public TestRequest to(String otherAuthority) {
    return new TestRequest(method, otherAuthority, path);
  }

  public TestRequest with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public TestRequest inheriting(HeaderChange change) {
    inherited = change;
    return this;
  }

  @Override
  public HeaderChange inherited() {
    return inherited;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return authority;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public int port() {
    return 9080;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
