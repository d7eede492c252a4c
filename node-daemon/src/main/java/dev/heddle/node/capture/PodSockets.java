package dev.heddle.node.capture;

import dev.heddle.init.linux.NetworkNamespace;
import dev.heddle.init.ruleset.Mark;
import dev.heddle.node.pod.Draining;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * All sockets of one pod, in its network namespace. An open socket would keep the namespace, and
 * the pod's network devices with it, after the pod is gone: closing closes each of them.
 */
final class PodSockets {

  private static final IntegerUnixChannelOption SO_MARK =
      new IntegerUnixChannelOption("SO_MARK", 1, 36);

  private final NetworkNamespace home;
  private final NetworkNamespace namespace;
  private final Mark mark;
  private final EventExecutorGroup loops;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param namespace belongs to this from here on
   * @param loops where sockets are used
   */
  PodSockets(
      NetworkNamespace home, NetworkNamespace namespace, Mark mark, EventExecutorGroup loops) {
    this.home = home;
    this.namespace = namespace;
    this.mark = mark;
    this.loops = loops;
  }

  /** For a connection that rules let pass; see {@code Pod.connections}. */
  SocketChannel connection() {
    return marked(create(EpollSocketChannel::new));
  }

  /** For datagrams to an address, which rules let pass. */
  DatagramChannel datagrams(InetSocketAddress to) {
    return marked(create(() -> new EpollDatagramChannel(family(to))));
  }

  static SocketProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet4Address
        ? SocketProtocolFamily.INET
        : SocketProtocolFamily.INET6;
  }

  private <C extends Channel & UnixChannel> C marked(C channel) {
    try {
      channel.config().setOption(SO_MARK, mark.value());
      return channel;
    } catch (ChannelException e) {
      discard(channel);
      throw e;
    }
  }

  /** Makes a channel inside; netty opens the socket in the constructor, on this thread. */
  <C extends Channel & UnixChannel> C create(Supplier<C> constructor) {
    C channel;
    try {
      channel = namespace.enter(home, constructor);
    } catch (IOException e) {
      throw new ChannelException("cannot enter " + namespace + ": " + e.getMessage(), e);
    }
    hold(channel);
    if (closed) {
      discard(channel);
      throw new IllegalStateException("the pod has left");
    }
    return channel;
  }

  /** Takes a channel that was accepted into the pod's; false when the pod has left. */
  boolean add(Channel channel) {
    hold(channel);
    return !closed;
  }

  private void hold(Channel channel) {
    open.add(channel);
    channel.closeFuture().addListener(end -> open.remove(channel));
  }

  /** Netty closes no channel that is not registered yet. */
  private <C extends Channel & UnixChannel> void discard(C channel) {
    open.remove(channel);
    try {
      channel.fd().close();
    } catch (IOException e) {
      // Linux has released the number either way (close(2)).
    }
  }

  /** An end alone would let what is half-way look whole. */
  private static void end(Channel channel) {
    if (channel instanceof SocketChannel && channel.isRegistered()) {
      channel.pipeline().fireUserEventTriggered(Draining.NOW);
    }
    channel.close();
  }

  /** Those that are open now, in no order. */
  Iterable<Channel> channels() {
    return open;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Closes all, soon. A channel that a loop has just made is registered only at the end of the task
   * that made it, so that each loop is let come to an end first.
   */
  void close() {
    closed = true;
    namespace.close();
    AtomicInteger busy = new AtomicInteger();
    loops.forEach(loop -> busy.incrementAndGet());
    loops.forEach(
        loop -> {
          try {
            loop.execute(
                () -> {
                  if (busy.decrementAndGet() == 0) {
                    open.forEach(PodSockets::end);
                  }
                });
          } catch (RejectedExecutionException e) {
            // The process ends.
          }
        });
  }
}
