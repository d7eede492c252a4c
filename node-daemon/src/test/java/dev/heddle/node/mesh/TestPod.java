package dev.heddle.node.mesh;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Set;

/** A pod whose network namespace is the one of the tests. */
public record TestPod(MeshWorkload workload, Set<String> probes) implements Pod {

  /** One without probes. */
  public TestPod(MeshWorkload workload) {
    this(workload, Set.of());
  }

  @Override
  public PodName name() {
    return new PodName("default", workload.identity().serviceAccount());
  }

  @Override
  public ChannelFactory<SocketChannel> connections() {
    return NioSocketChannel::new;
  }
}
