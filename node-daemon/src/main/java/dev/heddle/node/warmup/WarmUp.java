package dev.heddle.node.warmup;

import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.Pod;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/**
 * The daemon calls itself, out of one pod and into another: HTTP/1.1 and HTTP/2, in plaintext and
 * by mesh TLS, kept and new connections, and bytes that are looked at by nobody.
 */
public final class WarmUp implements AutoCloseable {

  private static final int CALLS = 8;
  private static final int STREAMS = 8;
  private static final int BODY_BYTES = 8 * 1024;
  private static final byte[] BYTES = {0, 1, 2, LoopbackApps.END};

  private final EventLoopGroup loops;
  private final LoopbackMesh mesh;

  /**
   * Listens on loopback.
   *
   * @param loops those that will serve pods
   * @param outbound serves nobody else
   * @param inbound serves nobody else
   */
  public WarmUp(EventLoopGroup loops, ConnectionServer outbound, ConnectionServer inbound)
      throws IOException, GeneralSecurityException {
    this.loops = loops;
    this.mesh = new LoopbackMesh(loops, outbound, inbound);
  }

  /** What is kept for these is to be forgotten. */
  public List<Pod> pods() {
    return mesh.pods();
  }

  /**
   * Calls for so long, and no less than once; IOException: a call was not answered.
   *
   * @return laps of all kinds of calls
   */
  public int run(Duration length) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    int laps = 0;
    do {
      lap();
      laps++;
    } while (System.nanoTime() < end);
    return laps;
  }

  private void lap() throws IOException, InterruptedException {
    try (Http1Caller caller = new Http1Caller(mesh.http())) {
      for (String host : List.of(LoopbackMesh.JUDGED, LoopbackMesh.MESH, LoopbackMesh.PLAIN)) {
        caller.call(Http1Caller.get(host, LoopbackApps.SMALL), CALLS);
        caller.call(Http1Caller.get(host, LoopbackApps.LARGE), 1);
        caller.call(Http1Caller.post(host, LoopbackApps.SMALL, BODY_BYTES), 1);
        caller.call(Http1Caller.get(host, LoopbackApps.LAST), 1);
      }
    }
    try (Http1Caller stranger = new Http1Caller(mesh.plainInbound())) {
      stranger.call(Http1Caller.get(LoopbackMesh.JUDGED, LoopbackApps.SMALL), 1);
    }
    try (Http1Caller caller = new Http1Caller(mesh.bytes())) {
      caller.call(BYTES, CALLS);
    }
    try (Http2Caller caller = new Http2Caller(loops, mesh.http2())) {
      caller.call(LoopbackMesh.MESH, STREAMS);
    }
  }

  @Override
  public void close() {
    mesh.close();
  }
}
