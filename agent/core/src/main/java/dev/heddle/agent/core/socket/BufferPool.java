package dev.heddle.agent.core.socket;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one TLS record each, lent while there is something in them, so that an idle connection
 * holds none; and a few of several records, for long bodies. Heap buffers: the ciphers of the JDK
 * work on arrays.
 */
final class BufferPool {

  /** The largest record that JSSE makes (some 16.7 KB), and a ticket before it. */
  static final int BUFFER_BYTES = 20 * 1024;

  /** Four records to one read or write of the kernel; more makes no difference. */
  static final int LARGE_BYTES = 4 * 17 * 1024;

  /** Large buffers that there are at most: 32 x 68 KB = 2.2 MB. Who gets none goes on without. */
  private static final int LARGE = 32;

  /** Buffers kept for later: 64 x 20 KB = 1.3 MB. What is beyond is garbage. */
  private static final int KEPT = 64;

  /** Slots that one call looks at, so that a miss costs little. */
  private static final int PROBES = 4;

  private final AtomicReferenceArray<@Nullable ByteBuffer> kept = new AtomicReferenceArray<>(KEPT);
  private final ArrayBlockingQueue<ByteBuffer> large = new ArrayBlockingQueue<>(LARGE);

  /** Those that were made, lent or not; one that was lost with its connection makes room. */
  private final List<WeakReference<ByteBuffer>> largeMade = new ArrayList<>();

  /** An empty buffer. */
  ByteBuffer take() {
    int start = slot();
    for (int i = 0; i < PROBES; i++) {
      int at = (start + i) % KEPT;
      ByteBuffer found = kept.get(at);
      if (found != null && kept.compareAndSet(at, found, null)) {
        found.clear();
        return found;
      }
    }
    return ByteBuffer.allocate(BUFFER_BYTES);
  }

  /** An empty large buffer; null: all are lent. */
  @Nullable ByteBuffer takeLarge() {
    ByteBuffer found = large.poll();
    if (found != null) {
      found.clear();
      return found;
    }
    return makeLarge();
  }

  private synchronized @Nullable ByteBuffer makeLarge() {
    largeMade.removeIf(buffer -> buffer.get() == null);
    if (largeMade.size() == LARGE) {
      return null;
    }
    ByteBuffer made = ByteBuffer.allocate(LARGE_BYTES);
    largeMade.add(new WeakReference<>(made));
    return made;
  }

  /** The caller forgets the buffer with this call. */
  void give(ByteBuffer buffer) {
    if (buffer.capacity() == LARGE_BYTES) {
      large.add(buffer); // there is room: no more are there
      return;
    }
    int start = slot();
    for (int i = 0; i < PROBES; i++) {
      if (kept.compareAndSet((start + i) % KEPT, null, buffer)) {
        return;
      }
    }
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() * PROBES % KEPT);
  }
}
