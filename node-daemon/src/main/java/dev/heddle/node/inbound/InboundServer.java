package dev.heddle.node.inbound;

import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.tls.MeshTls;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Serves what comes to the pods of the node. */
public final class InboundServer implements ConnectionServer {

  /**
   * Bytes that wait to be written to one peer: above the upper mark its source is not read, below
   * the lower it is again.
   */
  static final WriteBufferWaterMark WATERMARKS = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

  private final MeshTls tls;
  private final LongSupplier nanoTime;
  private final LongSupplier epochMillis;
  private final Patience patience;
  private final @Nullable AccessLog accessLog;
  private final Gates gates;
  private final InboundCounts counts = new InboundCounts();

  /**
   * A server of all event loops.
   *
   * @param nanoTime as System.nanoTime
   * @param epochMillis as System.currentTimeMillis, by which tokens are valid
   * @param log takes lines about what policies decided, a bounded number of them
   * @param accessLog null: off
   */
  public InboundServer(
      MeshTls tls,
      LongSupplier nanoTime,
      LongSupplier epochMillis,
      Consumer<String> log,
      @Nullable AccessLog accessLog) {
    this(tls, nanoTime, epochMillis, log, accessLog, Patience.DEFAULT);
  }

  InboundServer(
      MeshTls tls,
      LongSupplier nanoTime,
      LongSupplier epochMillis,
      Consumer<String> log,
      @Nullable AccessLog accessLog,
      Patience patience) {
    this.tls = tls;
    this.patience = patience;
    this.accessLog = accessLog;
    this.gates = new Gates(new BoundedLog(log, nanoTime));
    this.nanoTime = nanoTime;
    this.epochMillis = epochMillis;
  }

  @Override
  public void serve(SocketChannel accepted, CapturedConnection connection) {
    accepted.config().setWriteBufferWaterMark(WATERMARKS);
    new Opening(this, accepted, connection).begin();
  }

  /** What was served. */
  public InboundCounts counts() {
    return counts;
  }

  /** What policies decided. */
  public AuthorizationCounts authorization() {
    return gates.counts();
  }

  /** The last pod of a workload left. */
  public void forget(MeshWorkload workload) {
    gates.forget(workload);
  }

  /** Has what passes a client's pipeline here written down, where that is wanted. */
  void log(ChannelPipeline pipeline, InboundConnection connection, String protocol) {
    if (accessLog != null) {
      pipeline.addLast(new AccessLogging(accessLog, this, connection, protocol));
    }
  }

  Patience patience() {
    return patience;
  }

  MeshTls tls() {
    return tls;
  }

  Gates gates() {
    return gates;
  }

  LongSupplier epochMillis() {
    return epochMillis;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }
}
