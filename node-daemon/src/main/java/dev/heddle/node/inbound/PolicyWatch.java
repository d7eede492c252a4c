package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.upstream.Resets;
import dev.heddle.policy.identity.MutualTlsMode;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Judges a connection whose bytes are not read once more when the policy of its pod has changed:
 * clients keep connections for hours. Who would not be let in as it is loses it.
 */
final class PolicyWatch {

  private final InboundServer server;
  private final Channel channel;
  private final InboundConnection connection;
  private final boolean carriesNoHttp;
  private @Nullable WorkloadGate judgedBy;

  private PolicyWatch(
      InboundServer server,
      Channel channel,
      InboundConnection connection,
      boolean carriesNoHttp,
      WorkloadGate judgedBy) {
    this.server = server;
    this.channel = channel;
    this.connection = connection;
    this.carriesNoHttp = carriesNoHttp;
    this.judgedBy = judgedBy;
  }

  /**
   * From now on.
   *
   * @param carriesNoHttp whether its first bytes were looked at, and no request could be among them
   * @param judgedBy what let it in
   */
  static void begin(
      InboundServer server,
      Channel channel,
      InboundConnection connection,
      boolean carriesNoHttp,
      WorkloadGate judgedBy) {
    PolicyWatch watch = new PolicyWatch(server, channel, connection, carriesNoHttp, judgedBy);
    long millis = server.patience().look();
    Future<?> looks =
        channel
            .eventLoop()
            .scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> looks.cancel(false));
  }

  private void look() {
    if (channel.isActive() && !mayStay()) {
      server.counts().count(Event.CONNECTION_DENIED);
      Resets.send(channel);
    }
  }

  @SuppressWarnings("ReferenceEquality") // a gate is made anew when the policy changes
  private boolean mayStay() {
    MeshWorkload workload = connection.captured().pod().workload();
    WorkloadGate now = server.gates().of(workload);
    if (now == judgedBy) {
      return true;
    }
    judgedBy = now;
    MutualTlsMode mode = workload.policy().mode(connection.destinationPort());
    boolean plain = connection.peer() == null && mode == MutualTlsMode.STRICT;
    return !plain
        && now != null
        && (carriesNoHttp || !now.verifiesTokens())
        && now.admits(connection);
  }
}
