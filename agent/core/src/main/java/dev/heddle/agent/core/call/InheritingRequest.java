package dev.heddle.agent.core.call;

import dev.heddle.agent.core.context.RequestContext;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app's request with what it inherits; what the app set itself stays as it is. */
final class InheritingRequest implements CallRequest {

  private final CallRequest app;
  private final Map<String, String> inherited;

  InheritingRequest(CallRequest app, RequestContext context) {
    this.app = app;
    Map<String, String> missing = new LinkedHashMap<>(context.headers());
    missing.keySet().removeIf(name -> app.header(name) != null);
    this.inherited = Collections.unmodifiableMap(missing);
  }

  @Override
  public HeaderChange inherited() {
    return inherited.isEmpty()
        ? HeaderChange.NONE
        : HeaderChange.of(inherited, Collections.emptyMap(), Collections.emptyList());
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    String inheritedValue = inherited.get(lowerCaseName);
    return inheritedValue == null ? app.header(lowerCaseName) : inheritedValue;
  }

  @Override
  public String method() {
    return app.method();
  }

  @Override
  public String scheme() {
    return app.scheme();
  }

  @Override
  public String authority() {
    return app.authority();
  }

  @Override
  public String path() {
    return app.path();
  }

  @Override
  public int port() {
    return app.port();
  }
}
