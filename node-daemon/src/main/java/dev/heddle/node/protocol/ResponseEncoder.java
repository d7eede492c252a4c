package dev.heddle.node.protocol;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Responses to one client, which has one request under way at a time. */
public final class ResponseEncoder extends HttpResponseEncoder {

  private boolean toHead;

  /** Whether the request under way is a HEAD: then the next response has no body. */
  public void answersHead(boolean head) {
    toHead = head;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    return toHead || super.isContentAlwaysEmpty(response);
  }
}
