package dev.heddle.node.pod;

import dev.heddle.init.handover.PodName;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.SocketChannel;
import java.util.Set;

/** One captured pod. Safe for all threads. */
public interface Pod {

  /** Its name in the cluster. */
  PodName name();

  /** Who it is in the mesh, and what it knows of it; shared with pods that are the same. */
  MeshWorkload workload();

  /** HTTP probes that it declares, {@code 8080/healthz}: a kubelet may ask them in plaintext. */
  default Set<String> probes() {
    return Set.of();
  }

  /**
   * Makes sockets inside the pod's network namespace, with the mark that its redirect rules let
   * through; to be used on an event loop, which enters the namespace for the constructor alone.
   */
  ChannelFactory<SocketChannel> connections();
}
