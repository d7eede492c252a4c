package dev.heddle.node.warmup;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import io.netty.channel.ChannelFactory;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;

/** A pod whose network namespace is the daemon's. */
record LoopbackPod(MeshWorkload workload) implements Pod {

  @Override
  public PodName name() {
    return new PodName(workload.identity().namespace(), workload.identity().serviceAccount());
  }

  @Override
  public ChannelFactory<SocketChannel> connections() {
    return EpollSocketChannel::new;
  }
}
