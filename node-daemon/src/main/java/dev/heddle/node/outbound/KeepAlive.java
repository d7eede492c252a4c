package dev.heddle.node.outbound;

import dev.heddle.node.protocol.HopHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/** Whether a connection of HTTP/1 carries another request behind the one under way. */
final class KeepAlive {

  /** Bytes of a request that are read and dropped behind an early answer, to keep a connection. */
  private static final int MAX_DROPPED_BYTES = 256 * 1024;

  private boolean wanted = true;
  private boolean draining;
  private boolean requestEnded = true;
  private boolean expectsContinue;
  private int droppedBytes;

  void began(HttpRequest request) {
    requestEnded = false;
    wanted = !draining && HopHeaders.keepsAlive(request);
    expectsContinue = HttpUtil.is100ContinueExpected(request);
    droppedBytes = 0;
  }

  void went(HttpContent content) {
    requestEnded = content instanceof LastHttpContent;
    expectsContinue = expectsContinue && requestEnded; // it did not wait for a 100
  }

  /** Content behind an early answer; false where there is too much of it. */
  boolean drops(HttpContent content) {
    droppedBytes += content.content().readableBytes();
    return droppedBytes <= MAX_DROPPED_BYTES;
  }

  /** The next answer is the last, whatever comes. */
  void drain() {
    draining = true;
    wanted = false;
  }

  /** The answer under way is the last. */
  void end() {
    wanted = false;
  }

  /** Whether an answer says so. */
  boolean isWanted() {
    return wanted;
  }

  boolean hasRequestEnded() {
    return requestEnded;
  }

  /** Whether the connection goes on: who waits for a 100 that does not come may not send. */
  boolean goesOn() {
    return wanted && !(expectsContinue && !requestEnded);
  }
}
