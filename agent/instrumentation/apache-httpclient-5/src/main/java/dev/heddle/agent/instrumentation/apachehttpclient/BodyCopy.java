package dev.heddle.agent.instrumentation.apachehttpclient;

import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.util.ByteArrayBuffer;

/** A request body, kept while it is sent so that a mirror can send it too. */
final class BodyCopy {

  /** Bytes at most, so that mirroring uploads does not fill memory; longer ones get no mirror. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 1024;

  private final ByteArrayBuffer kept = new ByteArrayBuffer(FIRST_BYTES);
  private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

  /** The whole body; fails where there is none in the end. */
  CompletableFuture<byte[]> bytes() {
    return bytes;
  }

  void add(ByteBuffer sent) {
    if (bytes.isDone()) {
      return;
    }
    if (kept.length() + sent.remaining() > MAX_BYTES) {
      kept.clear();
      bytes.completeExceptionally(
          new IllegalStateException("a body beyond " + MAX_BYTES + " bytes is not mirrored"));
      return;
    }
    byte[] part = new byte[sent.remaining()];
    sent.get(part);
    kept.append(part, 0, part.length);
  }

  void end() {
    bytes.complete(kept.toByteArray());
  }

  void giveUp() {
    bytes.completeExceptionally(new CancellationException("the body was not sent to its end"));
  }
}
