package dev.heddle.control.serve;

import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Discovery on a port in plaintext, and on another over TLS beside the certificate service. */
public final class DiscoveryServer implements AutoCloseable {

  /** A client that is silent for so long is asked whether it is still there. */
  private static final long KEEPALIVE_SECONDS = 30;

  /** Clients may ask no more often whether we are. */
  private static final long PERMITTED_KEEPALIVE_SECONDS = 10;

  private static final long STOP_SECONDS = 2;

  private final ScheduledExecutorService serving;
  private final DiscoveryService service;
  private final Server plaintext;
  private final @Nullable Server secure;

  /** Discovery in plaintext alone; does not listen yet. */
  public DiscoveryServer(InetSocketAddress address) {
    this(address, null);
  }

  /** Does not listen yet. */
  public DiscoveryServer(InetSocketAddress address, @Nullable SecurePort secured) {
    serving =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("heddle-serve").factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // Netty tells of streams after close() as well
    service = new DiscoveryService(serving);
    plaintext = common(NettyServerBuilder.forAddress(address)).directExecutor().build();
    // Who calls is found out by signatures and by asking others, which would hold up Netty's
    // threads. There are no more at once than calls: connections times those of each.
    ThreadFactory callers = Thread.ofVirtual().name("heddle-callers-", 0).factory();
    secure = secured == null ? null : secure(secured, task -> callers.newThread(task).start());
  }

  private NettyServerBuilder common(NettyServerBuilder builder) {
    return builder
        .addService(service)
        .intercept(new PeerAddress())
        .maxInboundMessageSize(ServeLimits.MAX_REQUEST_BYTES)
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(PERMITTED_KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private Server secure(SecurePort port, Executor callers) {
    ServerCredentials tls =
        TlsServerCredentials.newBuilder()
            .keyManager(port.keys())
            .trustManager(new JudgedLater())
            .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
            .build();
    long age =
        Math.max(ServeLimits.MIN_CONNECTION_AGE_SECONDS, port.authority().longest().toSeconds());
    return common(NettyServerBuilder.forAddress(port.address(), tls))
        .addService(new CertificateService(port.authority(), port.impersonation(), port.events()))
        .intercept(new CallerAuthentication(port.authenticator()))
        .executor(callers)
        .handshakeTimeout(ServeLimits.HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .maxConcurrentCallsPerConnection(ServeLimits.MAX_CALLS_PER_CONNECTION)
        .maxConnectionAge(age, TimeUnit.SECONDS)
        .maxConnectionAgeGrace(ServeLimits.CONNECTION_AGE_GRACE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  /**
   * Listens from now on; port 0 takes a free one. To be called after the first {@link #show}, so
   * that no client that comes back hears that its hosts are gone. IOException if it cannot.
   */
  public void listen() throws IOException {
    plaintext.start();
    if (secure != null) {
      secure.start();
    }
  }

  /** The port of plaintext. */
  public int port() {
    return plaintext.getPort();
  }

  /** The port of TLS; IllegalStateException where there is none. */
  public int securePort() {
    if (secure == null) {
      throw new IllegalStateException("no TLS is served");
    }
    return secure.getPort();
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
    end(plaintext);
    if (secure != null) {
      end(secure);
    }
    serving.shutdownNow();
  }

  private static void end(Server server) {
    server.shutdownNow();
    try {
      server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
