package dev.heddle.node.tls;

import dev.heddle.control.client.identity.CertificateIdentity;
import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Makes the handlers of mesh TLS for all pods: TLS 1.3, certificates on both sides, ALPN of Istio's
 * family. A handshake that succeeds was with a workload of the mesh, and of the expected if there
 * are any. A new certificate or bundle makes new contexts: new connections use them, and no session
 * of before is resumed. Safe for all threads.
 */
public final class MeshTls {

  /** From the first byte of a handshake to its end. */
  private static final long HANDSHAKE_MILLIS = 10_000;

  /** A goodbye that the peer does not take must not hold up a close. */
  private static final long CLOSE_MILLIS = 1_000;

  /** Accepted handshakes at once, of all pods: each holds an engine and buffers, some 100 KB. */
  static final int MAX_ACCEPTED_HANDSHAKES = 1024;

  private final SslProvider library;
  private final long handshakeMillis;
  private final TlsCounts counts = new TlsCounts();
  private final Map<IdentitySource, MeshContexts> contexts = new ConcurrentHashMap<>();
  private final Semaphore accepted = new Semaphore(MAX_ACCEPTED_HANDSHAKES);

  /**
   * Has the JDK's servers leave the server name of a ClientHello alone: they refuse one of Istio's
   * form, and nothing here is chosen by it. To be called before any TLS of the JDK is used.
   */
  public static void prepareJvm() {
    System.setProperty("jdk.tls.server.disableExtensions", "server_name");
  }

  private MeshTls(SslProvider library, long handshakeMillis) {
    this.library = library;
    this.handshakeMillis = handshakeMillis;
  }

  /** By BoringSSL where its native library loads, else by the JDK. */
  public static MeshTls create() {
    return of(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK);
  }

  static MeshTls of(SslProvider library) {
    return new MeshTls(library, HANDSHAKE_MILLIS);
  }

  static MeshTls impatient(SslProvider library, long handshakeMillis) {
    return new MeshTls(library, handshakeMillis);
  }

  /** What was counted. */
  public TlsCounts counts() {
    return counts;
  }

  /** Whose TLS it is, for people. */
  public String library() {
    return library == SslProvider.JDK
        ? "the JDK (BoringSSL is not available: " + OpenSsl.unavailabilityCause() + ")"
        : OpenSsl.versionString();
  }

  /**
   * A handler that calls as this workload.
   *
   * @throws SSLException the workload has no certificate or no roots yet
   */
  public SslHandler client(ByteBufAllocator allocator, MeshWorkload workload, MeshPeer peer)
      throws SSLException {
    while (true) {
      SslHandler handler = contexts(workload).client(allocator, peer);
      if (handler != null) {
        return bounded(handler);
      }
    }
  }

  /**
   * A handler that is called as this workload.
   *
   * @param protocol what the client's ClientHello says it will speak
   * @throws SSLException the workload has no certificate or no roots yet, or {@value
   *     #MAX_ACCEPTED_HANDSHAKES} handshakes are under way
   */
  public SslHandler server(ByteBufAllocator allocator, MeshWorkload workload, MeshProtocol protocol)
      throws SSLException {
    if (!accepted.tryAcquire()) {
      counts.failedFor(TlsCounts.Failure.OVERLOAD);
      throw new SSLException("more than " + MAX_ACCEPTED_HANDSHAKES + " handshakes at once");
    }
    try {
      SslHandler handler = null;
      while (handler == null) {
        handler = contexts(workload).server(allocator, protocol);
      }
      handler.handshakeFuture().addListener(ended -> accepted.release());
      return bounded(handler);
    } catch (SSLException | RuntimeException e) {
      accepted.release();
      throw e;
    }
  }

  /** The other end of a handshake that succeeded. */
  public static SpiffeId peer(SslHandler handler) throws SSLPeerUnverifiedException {
    X509Certificate leaf = (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
    return Objects.requireNonNull(
        CertificateIdentity.of(leaf), "identity of a peer whose certificate was believed");
  }

  /** What the two ends agreed to speak. */
  public static MeshProtocol protocol(SslHandler handler) {
    return MeshProtocol.of(handler.applicationProtocol());
  }

  /** The last pod of a workload has left: its key is dropped. */
  public void forget(MeshWorkload workload) {
    MeshContexts left = contexts.remove(workload.certificates());
    if (left != null) {
      left.close();
    }
  }

  private SslHandler bounded(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_MILLIS);
    handler
        .handshakeFuture()
        .addListener(
            ended -> {
              if (!ended.isSuccess()) {
                counts.failed(ended.cause());
              }
            });
    return handler;
  }

  private MeshContexts contexts(MeshWorkload workload) throws SSLException {
    IdentitySource source = workload.certificates();
    WorkloadCertificate certificate = source.certificate();
    TrustBundle trust = source.trust();
    if (certificate == null || trust == null) {
      throw new SSLException(
          workload.identity().uri()
              + " has no "
              + (certificate == null ? "certificate" : "roots of the mesh")
              + " (expected: one from the control service)");
    }
    MeshContexts held = contexts.get(source);
    return held != null && held.isOf(certificate, trust)
        ? held
        : renewed(source, certificate, trust);
  }

  private synchronized MeshContexts renewed(
      IdentitySource source, WorkloadCertificate certificate, TrustBundle trust) {
    MeshContexts held = contexts.get(source);
    if (held == null || !held.isOf(certificate, trust)) {
      dropOutdated();
      held = new MeshContexts(certificate, trust, library, counts);
      contexts.put(source, held);
    }
    return held;
  }

  private void dropOutdated() {
    contexts.forEach(
        (source, held) -> {
          if (!held.isOf(source.certificate(), source.trust())) {
            contexts.remove(source);
            held.close();
          }
        });
  }
}
