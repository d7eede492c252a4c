package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a test wants it. */
final class ScriptedRequest extends InboundRequest {

  private static final IpAddress LOOPBACK =
      IpAddress.of(InetAddress.getLoopbackAddress().getAddress());

  private final Map<String, String> headers = new HashMap<>();
  private InboundConnection connection = connection(null, 8080);
  private String target = "/";
  private @Nullable String served = "/";
  private boolean severalHosts;
  private boolean fails;

  static InboundConnection connection(@Nullable SpiffeId peer, int port) {
    return InboundConnection.of(peer, LOOPBACK, LOOPBACK, port, null);
  }

  static ScriptedRequest get(String target, @Nullable String served) {
    ScriptedRequest request = new ScriptedRequest();
    request.target = target;
    request.served = served;
    return request;
  }

  ScriptedRequest on(InboundConnection of) {
    connection = of;
    return this;
  }

  ScriptedRequest with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  ScriptedRequest withSeveralHosts() {
    severalHosts = true;
    return this;
  }

  ScriptedRequest failing() {
    fails = true;
    return this;
  }

  @Override
  protected InboundConnection connection() {
    return connection;
  }

  @Override
  protected @Nullable String servedPath() {
    if (fails) {
      throw new IllegalStateException("the container has changed");
    }
    return served;
  }

  @Override
  protected String target() {
    return target;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public @Nullable String authority() {
    if (severalHosts) {
      ambiguous(SEVERAL_AUTHORITIES);
    }
    return "host";
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  @Override
  protected void setHeader(String lowerCaseName, @Nullable String value) {
    if (value == null) {
      headers.remove(lowerCaseName);
    } else {
      headers.put(lowerCaseName, value);
    }
  }
}
