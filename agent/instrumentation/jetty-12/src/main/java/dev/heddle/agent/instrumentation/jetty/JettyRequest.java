package dev.heddle.agent.instrumentation.jetty;

import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.agent.core.inbound.InboundRequest;
import dev.heddle.agent.core.socket.PeerIdentities;
import dev.heddle.policy.authz.IpAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Jetty's own request, read in place. */
final class JettyRequest extends InboundRequest {

  private final Request request;
  private HttpFields headers;
  private @Nullable InboundConnection connection;

  JettyRequest(Request request) {
    this.request = request;
    this.headers = request.getHeaders();
    begin();
  }

  /** The request with the headers that it has now. */
  Request edited() {
    return isEdited() ? new EditedRequest(request, headers) : request;
  }

  private static final class EditedRequest extends Request.Wrapper {
    private final HttpFields headers;

    EditedRequest(Request request, HttpFields headers) {
      super(request);
      this.headers = headers;
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }

  /** Of the socket itself: what proxies say of others Jetty may be told to believe. */
  @Override
  protected InboundConnection connection() {
    InboundConnection known = connection;
    if (known == null) {
      EndPoint socket = request.getConnectionMetaData().getConnection().getEndPoint();
      while (socket instanceof EndPoint.Wrapper) {
        socket = ((EndPoint.Wrapper) socket).unwrap();
      }
      InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
      InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
      known =
          InboundConnection.of(
              PeerIdentities.of(local, remote),
              IpAddress.of(remote.getAddress().getAddress()),
              IpAddress.of(local.getAddress().getAddress()),
              local.getPort(),
              null);
      connection = known;
    }
    return known;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  /** The header; of HTTP/2, and of targets in absolute form, what Jetty took out of the target. */
  @Override
  public @Nullable String authority() {
    List<String> hosts = headers.getValuesList("Host");
    HttpURI uri = request.getHttpURI();
    if (hosts.isEmpty()) {
      return uri.getAuthority();
    }
    String host = hosts.get(0);
    String named = uri.getHost();
    if (hosts.size() > 1 || (named != null && !named.equalsIgnoreCase(withoutPort(host)))) {
      ambiguous(SEVERAL_AUTHORITIES);
    }
    return host;
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  @Override
  protected @Nullable String servedPath() {
    return request.getHttpURI().getDecodedPath();
  }

  @Override
  protected String target() {
    return String.valueOf(request.getHttpURI().getPathQuery());
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    List<String> values = headers.getValuesList(lowerCaseName);
    return values.isEmpty() ? null : String.join(",", values);
  }

  @Override
  protected void setHeader(String lowerCaseName, @Nullable String value) {
    HttpFields.Mutable changed = HttpFields.build(headers);
    headers =
        value == null
            ? changed.remove(lowerCaseName).asImmutable()
            : changed.put(lowerCaseName, value).asImmutable();
  }
}
