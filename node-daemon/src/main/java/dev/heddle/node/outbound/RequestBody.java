package dev.heddle.node.outbound;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request: kept from its beginning for as long as it may have to be sent again, after
 * that only until it is sent.
 */
final class RequestBody {

  /** Bytes kept for another attempt; a longer body goes out once. Envoy's is 1 MB per stream. */
  static final int MAX_KEPT_BYTES = 64 * 1024;

  private final List<HttpContent> kept = new ArrayList<>(1);
  private int bytes;
  private boolean whole = true;
  private boolean ended;

  /** Takes the next content over. */
  void add(HttpContent content) {
    kept.add(content);
    bytes += content.content().readableBytes();
    ended = content instanceof LastHttpContent;
  }

  /** Contents held; those before were sent and dropped unless {@link #isWhole}. */
  int size() {
    return kept.size();
  }

  /** One to send, of which a second attempt may send another copy; the caller takes it over. */
  HttpContent copy(int index) {
    return kept.get(index).retainedDuplicate();
  }

  /** Whether nothing of it was dropped so far. */
  boolean isWhole() {
    return whole;
  }

  /** Whether all of it was received. */
  boolean isEnded() {
    return ended;
  }

  /** Whether it is longer than what is kept. */
  boolean isTooLong() {
    return bytes > MAX_KEPT_BYTES;
  }

  /** Lets go of what was sent. */
  void drop() {
    if (!kept.isEmpty()) {
      kept.forEach(ReferenceCountUtil::release);
      kept.clear();
      bytes = 0;
      whole = false;
    }
  }
}
