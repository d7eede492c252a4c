package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.protocol.RequestDecoder;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.SecureChannels;
import dev.heddle.node.upstream.Upstreams;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * How long a client may take; the time of the connection's loop and of the clock are the test's.
 */
final class ConnectionWatchTest {

  private static final int STEP_SECONDS = 10;

  private final RequestDecoder decoder = new RequestDecoder();
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);
  private long now = 1;
  private final ConnectionWatch watch =
      new ConnectionWatch(
          new OutboundLoop(
              channel.eventLoop(),
              new Upstreams(
                  channel.eventLoop(),
                  new Connector(host -> new CompletableFuture<>(), SecureChannels.PLAIN),
                  () -> now),
              new HostQuestions(() -> now),
              bound -> 0,
              () -> now,
              new Mirrors(),
              new OutboundMetrics()),
          channel,
          decoder::isInsideHead);

  /** Steps until the connection ends, and no more than so many. */
  private int stepsToItsEnd(int most, String eachTime) {
    int steps = 0;
    while (channel.isOpen() && steps < most) {
      if (!eachTime.isEmpty()) {
        channel.writeInbound(ByteBufUtil.writeAscii(channel.alloc(), eachTime));
      }
      Object message = channel.readInbound();
      if (message != null) {
        ReferenceCountUtil.release(message);
        watch.progress();
      }
      steps++;
      now += TimeUnit.SECONDS.toNanos(STEP_SECONDS);
      channel.advanceTimeBy(STEP_SECONDS, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
    return steps;
  }

  @Test
  void aHeadThatComesByteByByteEndsTheConnection() {
    watch.begin();
    assertThat(stepsToItsEnd(100, "G") * STEP_SECONDS).isBetween(30, 50);
  }

  @Test
  void aClientThatSaysNothingIsLeftForAnHour() {
    watch.begin();
    assertThat(stepsToItsEnd(1_000, "") * STEP_SECONDS).isBetween(3_600, 3_620);
  }

  @Test
  void aClientThatAsksNowAndThenIsLeft() {
    watch.begin();
    assertThat(stepsToItsEnd(1_000, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(1_000);
  }
}
