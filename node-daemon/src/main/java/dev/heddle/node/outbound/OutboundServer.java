package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.Upstreams;
import dev.heddle.policy.balance.RandomSource;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/** Serves what the pods of the node open. */
public final class OutboundServer implements ConnectionServer {

  private final Connector connector;
  private final RandomSource random;
  private final LongSupplier clock;
  private final HostQuestions questions;
  private final OutboundMetrics metrics = new OutboundMetrics();
  private final ConcurrentMap<EventLoop, OutboundLoop> loops = new ConcurrentHashMap<>();

  /**
   * A server of all event loops.
   *
   * @param clock nanoseconds, as System.nanoTime
   */
  public OutboundServer(Connector connector, RandomSource random, LongSupplier clock) {
    this.connector = connector;
    this.random = random;
    this.clock = clock;
    this.questions = new HostQuestions(clock);
  }

  @Override
  public void serve(SocketChannel accepted, CapturedConnection connection) {
    accepted.config().setWriteBufferWaterMark(Connector.WATERMARKS);
    OutboundLoop loop = loops.computeIfAbsent(accepted.eventLoop(), this::loop);
    new Sniffer(loop, accepted, connection).begin();
  }

  private OutboundLoop loop(EventLoop loop) {
    return new OutboundLoop(
        loop,
        new Upstreams(loop, connector, clock),
        questions,
        random,
        clock,
        new Mirrors(),
        metrics);
  }

  /** What was served. */
  public OutboundMetrics metrics() {
    return metrics;
  }

  /** A pod left: what is kept for its next request is closed. */
  public void forget(Pod pod) {
    loops.forEach((loop, state) -> loop.execute(() -> state.upstreams().forget(pod)));
  }

  /** The last pod of a workload left. */
  public void forget(MeshWorkload workload) {
    questions.forget(workload);
  }
}
