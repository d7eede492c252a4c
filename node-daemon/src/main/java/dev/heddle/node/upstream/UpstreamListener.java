package dev.heddle.node.upstream;

import dev.heddle.policy.retry.Outcome;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** Hears of one exchange with an endpoint, on its event loop: opened, head, body, or failed. */
public interface UpstreamListener {

  /** A connection is there; perhaps before the call that asked for it returns. */
  void opened(UpstreamStream stream);

  /** A 1xx that is not the answer yet. */
  void informational(HttpResponse response);

  /** The answer begins. */
  void head(HttpResponse response);

  /** Its body goes on; the last content ends the exchange. The content is the listener's. */
  void body(HttpContent content);

  /** What came at once was told. */
  void flush();

  /** The peer takes more again, or no more for now. */
  void writable();

  /** It ended before its end; nothing follows. */
  void failed(Outcome outcome, Throwable cause);
}
