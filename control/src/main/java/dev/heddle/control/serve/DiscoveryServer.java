package dev.heddle.control.serve;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Discovery on a port. */
public final class DiscoveryServer implements AutoCloseable {

  /** A client that is silent for so long is asked whether it is still there. */
  private static final long KEEPALIVE_SECONDS = 30;

  /** Clients may ask no more often whether we are. */
  private static final long PERMITTED_KEEPALIVE_SECONDS = 10;

  private static final long STOP_SECONDS = 2;

  private final ScheduledExecutorService serving;
  private final DiscoveryService service;
  private final Server server;

  /** Does not listen yet. */
  public DiscoveryServer(InetSocketAddress address) {
    serving =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("heddle-serve").factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // Netty tells of streams after close() as well
    service = new DiscoveryService(serving);
    server =
        NettyServerBuilder.forAddress(address)
            .addService(service)
            .intercept(new PeerAddress())
            .directExecutor()
            .maxInboundMessageSize(ServeLimits.MAX_REQUEST_BYTES)
            .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(PERMITTED_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build();
  }

  /**
   * Listens from now on; port 0 takes a free one. To be called after the first {@link #show}, so
   * that no client that comes back hears that its hosts are gone. IOException if it cannot.
   */
  public void listen() throws IOException {
    server.start();
  }

  /** The port that is listened on. */
  public int port() {
    return server.getPort();
  }

  /** Serves from a new view of the world. */
  public void show(ResourceView view) {
    service.show(view);
  }

  /** Who is connected, as the serving thread sees it. */
  public CompletableFuture<List<ConnectedClient>> clients() {
    return service.clients();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    serving.shutdownNow();
  }
}
