package dev.heddle.node.protocol;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** Responses of one server, which has one request under way at a time. */
public final class ResponseDecoder extends HttpResponseDecoder {

  private HttpMethod method = HttpMethod.GET;

  /** A decoder of one connection. */
  public ResponseDecoder() {
    super(RequestDecoder.strict().setStrictLineParsing(false)); // old servers end lines by LF
  }

  /** The method of the request that the next response answers. */
  public void answers(HttpMethod method) {
    this.method = method;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return method.equals(HttpMethod.HEAD)
        || opensTunnel((HttpResponse) message)
        || super.isContentAlwaysEmpty(message);
  }

  /** Whether a response accepts a CONNECT, and what follows is no HTTP. */
  public boolean opensTunnel(HttpResponse response) {
    return method.equals(HttpMethod.CONNECT)
        && response.status().codeClass() == HttpStatusClass.SUCCESS;
  }
}
