package dev.heddle.node.inbound;

import dev.heddle.node.protocol.RequestTarget;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Says which requests of a connection are for the app. */
interface Judge {

  /** Why a request is not let in; null: it is, and is as its app is to see it. */
  @Nullable Refusal judge(HttpRequest request, RequestTarget target);
}
