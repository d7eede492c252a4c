package dev.heddle.node.capture;

import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.linux.NetworkNamespace;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One captured pod with all that is open for it. */
final class CapturedPod implements Pod {

  private static final int DNS = 53;

  private final CaptureRequest request;
  private final PodLease lease;
  private final PodSockets sockets;
  private final Admission admission;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Consumer<Pod> onClose;

  /**
   * @param onClose called once, when this is closed
   */
  CapturedPod(
      CaptureRequest request,
      PodLease lease,
      PodSockets sockets,
      Admission admission,
      Consumer<Pod> onClose) {
    this.request = request;
    this.lease = lease;
    this.sockets = sockets;
    this.admission = admission;
    this.onClose = onClose;
  }

  @Override
  public PodName name() {
    return request.pod();
  }

  @Override
  public MeshWorkload workload() {
    return lease.workload();
  }

  @Override
  public Set<String> probes() {
    return lease.probes();
  }

  @Override
  public ChannelFactory<SocketChannel> connections() {
    return sockets::connection;
  }

  /** Whom it asks for names. */
  List<InetSocketAddress> resolvers() {
    return request.resolvers().stream()
        .map(address -> new InetSocketAddress(address, DNS))
        .toList();
  }

  CaptureRequest request() {
    return request;
  }

  PodLease lease() {
    return lease;
  }

  PodSockets sockets() {
    return sockets;
  }

  Admission admission() {
    return admission;
  }

  /** Accepted connections that are open. */
  AtomicInteger open() {
    return open;
  }

  /** Whether its addresses are still in its namespace: a network plugin takes them when it ends. */
  boolean hasAddresses(NetworkNamespace home) throws IOException {
    for (InetAddress address : lease.addresses()) {
      if (!sockets.namespace().holds(home, address)) {
        return false;
      }
    }
    return true;
  }

  /** Accepts nothing more; what is open goes on. */
  void stopListening() {
    for (Channel channel : sockets.channels()) {
      if (channel instanceof ServerSocketChannel || isQueries(channel)) {
        channel.close();
      }
    }
  }

  /** Listeners of queries are bound to a known port, sockets to resolvers are connected. */
  private boolean isQueries(Channel channel) {
    return channel instanceof DatagramChannel datagrams && !datagrams.isConnected();
  }

  /** Closes all that is open for it, and lets go of who it was. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      sockets.close();
      lease.close();
      onClose.accept(this);
    }
  }
}
