package dev.heddle.node.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.inbound.InboundServer;
import dev.heddle.node.outbound.OutboundServer;
import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.JdkNameResolver;
import dev.heddle.node.upstream.MeshChannels;
import dev.heddle.node.upstream.Originations;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The daemon's calls of itself. */
final class WarmUpTest {

  @Test
  void everyKindOfConnectionIsServedOnTheWay() throws Exception {
    MeshTls tls = MeshTls.create();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    try (JdkNameResolver names = new JdkNameResolver()) {
      OutboundServer outbound =
          new OutboundServer(
              new Connector(
                  names,
                  new MeshChannels(tls, new Originations(Path.of("none"), System::nanoTime))),
              bound -> ThreadLocalRandom.current().nextInt(bound),
              System::nanoTime);
      InboundServer inbound =
          new InboundServer(tls, System::nanoTime, System::currentTimeMillis, line -> {}, null);
      try (WarmUp warmUp = new WarmUp(loops, outbound, inbound)) {
        assertThat(warmUp.run(Duration.ZERO)).isEqualTo(1);
        warmUp.run(Duration.ZERO); // sessions of the lap before are resumed
      }
      assertThat(outbound.metrics().calls()).isPositive();
      assertThat(outbound.metrics().tcpConnections()).isPositive();
      assertThat(outbound.metrics().localReplies()).isEmpty();
      assertThat(tls.counts().full()).isPositive();
      assertThat(tls.counts().resumed()).isPositive();
      assertThat(inbound.counts().of(Event.MESH_CONNECTION)).isPositive();
      assertThat(inbound.counts().of(Event.PLAIN_CONNECTION)).isPositive();
      assertThat(inbound.counts().of(Event.CONNECTION_DENIED)).isZero();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
