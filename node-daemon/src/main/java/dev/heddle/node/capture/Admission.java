package dev.heddle.node.capture;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.time.Duration;
import java.util.Optional;

/** Bounds how many captured connections are open: of each pod, and of all together. */
final class Admission {

  /** Younger silence is a pause between two requests. */
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Looking at each costs a system call. */
  private static final int LOOKED_AT = 64;

  private final CaptureLimits limits;
  private final CaptureCounts counts;

  Admission(CaptureLimits limits, CaptureCounts counts) {
    this.limits = limits;
    this.counts = counts;
  }

  CaptureCounts counts() {
    return counts;
  }

  /**
   * Takes a connection in. Where there are too many, the pod's own connection that was idle for
   * longest, of those looked at, makes room; where none is idle the new one is not taken.
   */
  boolean admit(CapturedPod pod, EpollSocketChannel accepted) {
    int ofPod = pod.open().incrementAndGet();
    int ofAll = counts.open.incrementAndGet();
    accepted
        .closeFuture()
        .addListener(
            end -> {
              pod.open().decrementAndGet();
              counts.open.decrementAndGet();
            });
    if (ofPod > limits.connectionsPerPod() || ofAll > limits.connections()) {
      counts.shed.increment();
      Optional<Channel> longest = longestIdle(pod, accepted);
      if (longest.isEmpty()) {
        return false;
      }
      AcceptedConnections.reset(longest.get());
    }
    counts.accepted.increment();
    return true;
  }

  private static Optional<Channel> longestIdle(CapturedPod pod, Channel but) {
    Channel longest = null;
    long silence = IDLE.toMillis();
    int looked = 0;
    for (Channel channel : pod.sockets().channels()) {
      if (!channel.equals(but)
          && channel instanceof EpollSocketChannel socket
          && isAccepted(socket)) {
        long silent = silentMillis(socket);
        if (silent > silence) {
          longest = channel;
          silence = silent;
        }
        if (++looked == LOOKED_AT) {
          break;
        }
      }
    }
    return Optional.ofNullable(longest);
  }

  private static boolean isAccepted(EpollSocketChannel channel) {
    return channel.parent() != null && channel.isActive();
  }

  /** The kernel keeps when data last went either way, in milliseconds. */
  private static long silentMillis(EpollSocketChannel channel) {
    try {
      EpollTcpInfo info = channel.tcpInfo();
      return Math.min(info.lastDataRecv(), info.lastDataSent());
    } catch (ChannelException e) {
      return 0; // ended meanwhile
    }
  }
}
