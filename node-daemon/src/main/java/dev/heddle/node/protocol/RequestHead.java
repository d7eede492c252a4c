package dev.heddle.node.protocol;

import dev.heddle.policy.route.CallRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as routes look at it, read in place. */
public final class RequestHead implements CallRequest {

  private final HttpRequest request;
  private final RequestTarget target;
  private final int port;

  /**
   * @param port the port called, where the authority names none
   */
  public RequestHead(HttpRequest request, RequestTarget target, int port) {
    this.request = request;
    this.target = target;
    this.port = port;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public String authority() {
    return target.authority();
  }

  @Override
  public String path() {
    return target.path();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public @Nullable String header(String lowerCaseName) {
    HttpHeaders headers = request.headers();
    String first = headers.get(lowerCaseName);
    if (first == null) {
      return null;
    }
    List<String> all = headers.getAll(lowerCaseName);
    return all.size() == 1 ? first : String.join(",", all);
  }
}
