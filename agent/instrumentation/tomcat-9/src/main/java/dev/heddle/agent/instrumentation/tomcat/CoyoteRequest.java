package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.agent.core.inbound.InboundRequest;
import dev.heddle.agent.core.socket.PeerIdentities;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetSocketAddress;
import java.util.Enumeration;
import java.util.Objects;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/** Tomcat's own request, read in place; kept beside it, as it is used again and again. */
final class CoyoteRequest extends InboundRequest {

  /** Of the 32 notes of a request Tomcat itself takes the first few. */
  private static final int NOTE = 29;

  private static final IpAddress UNKNOWN = address("::");

  private final Request request;
  private long arrivals;
  private long serving;
  private long judged;
  private String sourceSeen = "";
  private String destinationSeen = "";
  private @Nullable InboundConnection connection;

  private CoyoteRequest(Request request) {
    this.request = request;
  }

  /** A request begins to be served; {@link #leaves} is to be called behind it. */
  static void arrives(Request request) {
    CoyoteRequest read = kept(request);
    read.arrivals++;
    read.serving = read.arrivals;
  }

  /** The request is over, or goes on on another thread. */
  static void leaves(Request request) {
    Object note = request.getNote(NOTE);
    if (note instanceof CoyoteRequest) {
      ((CoyoteRequest) note).serving = 0;
    }
  }

  /** The request as it is now; what a valve rewrites is the same request, and judged again. */
  static CoyoteRequest of(Request request) {
    CoyoteRequest read = kept(request);
    if (read.serving != 0 && read.serving == read.judged) {
      read.beginAgain();
    } else {
      read.begin();
      read.judged = read.serving;
    }
    return read;
  }

  private static CoyoteRequest kept(Request request) {
    Object note = request.getNote(NOTE);
    if (note instanceof CoyoteRequest) {
      return (CoyoteRequest) note;
    }
    CoyoteRequest kept = new CoyoteRequest(request);
    request.setNote(NOTE, kept);
    return kept;
  }

  /** The object serves many connections: told apart by all that rules can see of them. */
  @Override
  protected InboundConnection connection() {
    request.action(ActionCode.REQ_PEER_ADDR_ATTRIBUTE, null);
    request.action(ActionCode.REQ_LOCAL_ADDR_ATTRIBUTE, null);
    request.action(ActionCode.REQ_LOCALPORT_ATTRIBUTE, request);
    request.action(ActionCode.REQ_REMOTEPORT_ATTRIBUTE, request);
    String source = String.valueOf(request.peerAddr());
    String destination = String.valueOf(request.localAddr());
    SpiffeId peer = PeerIdentities.areThere() ? peer(destination, source) : null;
    InboundConnection known = connection;
    if (known == null
        || !Objects.equals(known.peer(), peer)
        || known.destinationPort() != request.getLocalPort()
        || !sourceSeen.equals(source)
        || !destinationSeen.equals(destination)) {
      known =
          InboundConnection.of(
              peer, address(source), address(destination), request.getLocalPort(), null);
      connection = known;
      sourceSeen = source;
      destinationSeen = destination;
    }
    return known;
  }

  private @Nullable SpiffeId peer(String destination, String source) {
    IpAddress local = IpAddress.parse(destination);
    IpAddress remote = IpAddress.parse(source);
    return local == null || remote == null
        ? null
        : PeerIdentities.of(
            socketAddress(destination, request.getLocalPort()),
            socketAddress(source, request.getRemotePort()));
  }

  /** Of a literal, for which nobody asks DNS. */
  private static InetSocketAddress socketAddress(String literal, int port) {
    return new InetSocketAddress(literal, port);
  }

  private static IpAddress address(String text) {
    IpAddress parsed = IpAddress.parse(text);
    return parsed == null ? UNKNOWN : parsed;
  }

  @Override
  @SuppressWarnings("deprecation") // its successor is not in every Tomcat 9
  public String method() {
    return String.valueOf(request.method());
  }

  /** The header; HTTP/2's pseudo-header Tomcat keeps as the server's name and port. */
  @Override
  public @Nullable String authority() {
    MimeHeaders headers = request.getMimeHeaders();
    int first = headers.findHeader("host", 0);
    if (first >= 0) {
      if (headers.findHeader("host", first + 1) >= 0) {
        ambiguous(SEVERAL_AUTHORITIES);
      }
      return headers.getValue(first).toString();
    }
    String name = request.serverName().toString();
    if (name == null || name.isEmpty()) {
      return null;
    }
    return request.getServerPort() > 0 ? name + ':' + request.getServerPort() : name;
  }

  @Override
  protected @Nullable String servedPath() {
    MessageBytes decoded = request.decodedURI();
    return decoded.isNull() ? null : decoded.toString();
  }

  @Override
  protected String target() {
    String query = request.queryString().toString();
    String uri = String.valueOf(request.requestURI());
    return query == null ? uri : uri + '?' + query;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    MimeHeaders headers = request.getMimeHeaders();
    if (headers.getValue(lowerCaseName) == null) {
      return null;
    }
    Enumeration<String> values = headers.values(lowerCaseName);
    String joined = values.nextElement();
    while (values.hasMoreElements()) {
      joined = joined + "," + values.nextElement();
    }
    return joined;
  }

  @Override
  protected void setHeader(String lowerCaseName, @Nullable String value) {
    request.getMimeHeaders().removeHeader(lowerCaseName);
    if (value != null) {
      request.getMimeHeaders().addValue(lowerCaseName).setString(value);
    }
  }
}
