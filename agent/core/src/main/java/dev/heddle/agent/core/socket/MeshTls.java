package dev.heddle.agent.core.socket;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.MeshTrust;
import dev.heddle.control.client.identity.PeerIdentity;
import dev.heddle.control.client.identity.PresentedIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchProviderException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of mesh TLS: TLS 1.3, certificates on both sides, ALPN {@code istio}. A new
 * certificate or bundle makes a new context, so that new connections use it, and no session of
 * before is resumed.
 */
public final class MeshTls {

  /** What connections between Istio's proxies name in their ALPN. */
  private static final String ALPN = "istio";

  private static final String FAMILY = ALPN + "-";

  /** Makes Envoy send its own metadata before the app's bytes; never chosen. */
  private static final String PEER_EXCHANGE = "istio-peer-exchange";

  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /** AES-128 first: what is enough for TLS 1.3 (RFC 8446 9.1) and costs least. */
  private static final String[] CIPHERS = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };

  /** Sessions kept for resumption, each some KB: a client of a few thousand endpoints. */
  private static final int MAX_SESSIONS = 4096;

  /** Seconds that a session can be resumed: long enough for pools that come and go. */
  private static final int SESSION_SECONDS = 3600;

  /** A server name in Istio's form, {@code outbound_.80_._.host}: no host name by RFC 952. */
  private static final class IstioName extends SNIServerName {
    IstioName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** What holds for connections until the identity changes. */
  private static final class Context {
    final WorkloadCertificate certificate;
    final TrustBundle trust;
    final SSLContext ssl;

    Context(WorkloadCertificate certificate, TrustBundle trust) throws GeneralSecurityException {
      this.certificate = certificate;
      this.trust = trust;
      this.ssl = sunJsse();
      ssl.init(
          new KeyManager[] {new PresentedIdentity(certificate)},
          new TrustManager[] {new MeshTrust(trust)},
          null);
      bound(ssl.getClientSessionContext());
      bound(ssl.getServerSessionContext());
    }

    @SuppressWarnings("ReferenceEquality") // values are replaced as a whole: IdentitySource
    boolean isOf(WorkloadCertificate held, TrustBundle believed) {
      return certificate == held && trust == believed;
    }

    private static void bound(SSLSessionContext sessions) {
      sessions.setSessionCacheSize(MAX_SESSIONS);
      sessions.setSessionTimeout(SESSION_SECONDS);
    }

    /** The JDK's own: apps put providers before it whose engines differ in what they allow. */
    private static SSLContext sunJsse() throws GeneralSecurityException {
      try {
        return SSLContext.getInstance("TLSv1.3", "SunJSSE");
      } catch (NoSuchProviderException otherVm) {
        return SSLContext.getInstance("TLSv1.3");
      }
    }
  }

  private final IdentitySource identity;
  private volatile @Nullable Context current;

  /** Uses what the source holds when a connection is made. */
  public MeshTls(IdentitySource identity) {
    this.identity = identity;
  }

  /**
   * An engine that connects.
   *
   * @throws SSLException this process has no certificate or no roots yet
   */
  SSLEngine client(OutboundTls tls, InetSocketAddress remote) throws SSLException {
    // What sessions are kept by: one that an identity made is offered to no other.
    String peer = remote.getHostString() + '/' + tls.identities().hashCode();
    SSLEngine engine = context().ssl.createSSLEngine(peer, remote.getPort());
    engine.setUseClientMode(true);
    SSLParameters parameters = parameters();
    parameters.setServerNames(
        tls.sni().isEmpty()
            ? Collections.emptyList()
            : Collections.singletonList(new IstioName(tls.sni())));
    parameters.setApplicationProtocols(new String[] {ALPN});
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * An engine that accepts.
   *
   * @throws SSLException this process has no certificate or no roots yet
   */
  SSLEngine server() throws SSLException {
    SSLEngine engine = context().ssl.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = parameters();
    parameters.setNeedClientAuth(true);
    engine.setSSLParameters(parameters);
    engine.setHandshakeApplicationProtocolSelector((e, offered) -> chosen(offered));
    return engine;
  }

  /** The peer of a finished handshake; of expected identities, if there are any. */
  SpiffeId peer(SSLSession session, Set<String> expected) throws SSLPeerUnverifiedException {
    TrustBundle trust = identity.trust();
    if (trust == null) {
      throw new SSLPeerUnverifiedException("no roots of the mesh are known");
    }
    return PeerIdentity.verified(session, trust.trustDomain(), expected);
  }

  private static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters(CIPHERS, PROTOCOLS);
    parameters.setUseCipherSuitesOrder(true);
    return parameters;
  }

  /** Of Istio's family what says least about the bytes; none where a foreign client offers none. */
  private static String chosen(List<String> offered) {
    if (offered.contains(ALPN)) {
      return ALPN;
    }
    for (String name : offered) {
      if (name.startsWith(FAMILY) && !name.equals(PEER_EXCHANGE)) {
        return name;
      }
    }
    return "";
  }

  private Context context() throws SSLException {
    WorkloadCertificate certificate = identity.certificate();
    TrustBundle trust = identity.trust();
    if (certificate == null || trust == null) {
      throw new SSLException(
          "this workload has no "
              + (certificate == null ? "certificate" : "roots of the mesh")
              + " (expected: one from the control service; see the agent's log)");
    }
    Context context = current;
    if (context == null || !context.isOf(certificate, trust)) {
      context = renewed(certificate, trust);
    }
    return context;
  }

  private synchronized Context renewed(WorkloadCertificate certificate, TrustBundle trust)
      throws SSLException {
    Context context = current;
    if (context == null || !context.isOf(certificate, trust)) {
      try {
        context = new Context(certificate, trust);
      } catch (GeneralSecurityException e) {
        throw new SSLException("no TLS 1.3 in this JVM: " + e.getMessage(), e);
      }
      current = context;
    }
    return context;
  }
}
