package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

  private final BufferPool pool = new BufferPool();

  @Test
  void largeBuffersAreFewAndComeBack() {
    List<ByteBuffer> lent = new ArrayList<>();
    for (ByteBuffer next = pool.takeLarge(); next != null; next = pool.takeLarge()) {
      lent.add(next);
    }
    assertThat(lent).hasSize(32);
    ByteBuffer used = lent.get(0);
    used.position(7);

    pool.give(used);

    assertThat(Objects.requireNonNull(pool.takeLarge()).position()).isZero();
    assertThat(pool.takeLarge()).isNull();
  }

  @Test
  void largeBuffersThatAreLostWithTheirConnectionsAreMadeAgain() {
    while (pool.takeLarge() != null) {
      // lost
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    ByteBuffer again = null;
    while (again == null && System.nanoTime() < deadline) {
      System.gc();
      again = pool.takeLarge();
    }
    assertThat(again).isNotNull();
  }

  @Test
  void whatComesInManyRecordsIsReadIntoALargeBufferAndNothingElseIs() {
    TlsBuffers buffers = new TlsBuffers(pool);
    ByteBuffer small = buffers.incomingWithRoom();
    assertThat(small.capacity()).isEqualTo(BufferPool.BUFFER_BYTES);
    small.put(new byte[BufferPool.BUFFER_BYTES]);
    buffers.came(BufferPool.BUFFER_BYTES, 0);
    buffers.endReading((ByteBuffer) buffers.beginReading().position(16 * 1024));

    ByteBuffer large = buffers.incomingWithRoom();

    assertThat(large.capacity()).isEqualTo(BufferPool.LARGE_BYTES);
    assertThat(large.position()).as("what was left").isEqualTo(4 * 1024);
    large.put(new byte[100]);
    buffers.came(100, large.remaining());
    buffers.endReading((ByteBuffer) buffers.beginReading().position(4 * 1024 + 100));
    buffers.giveBackIncoming();
    assertThat(buffers.incomingWithRoom().capacity()).isEqualTo(BufferPool.BUFFER_BYTES);
  }
}
