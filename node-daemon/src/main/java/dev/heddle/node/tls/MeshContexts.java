package dev.heddle.node.tls;

import dev.heddle.control.client.identity.PresentedIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS contexts of one certificate and one set of roots, each made when it is first needed.
 * Native ones are freed when they are closed and the last of their connections ends.
 */
final class MeshContexts {

  /** AES-128 first: what is enough for TLS 1.3 (RFC 8446 9.1) and costs least. */
  private static final List<String> CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /** Sessions kept for resumption, each some KB: a client of a few thousand endpoints. */
  private static final int MAX_SESSIONS = 4096;

  /** Seconds that a session can be resumed: long enough for pools that come and go. */
  private static final int SESSION_SECONDS = 3600;

  private final WorkloadCertificate certificate;
  private final TrustBundle trust;
  private final SslProvider library;
  private final TlsCounts counts;
  private final Map<MeshProtocol, SslContext> clients = new EnumMap<>(MeshProtocol.class);
  private final Map<SslProvider, SslContext> servers = new EnumMap<>(SslProvider.class);
  private boolean closed;

  /** library: what serves HTTP; streams are the JDK's. */
  MeshContexts(
      WorkloadCertificate certificate, TrustBundle trust, SslProvider library, TlsCounts counts) {
    this.certificate = certificate;
    this.trust = trust;
    this.library = library;
    this.counts = counts;
  }

  @SuppressWarnings("ReferenceEquality") // values are replaced as a whole: IdentitySource
  boolean isOf(@Nullable WorkloadCertificate held, @Nullable TrustBundle believed) {
    return certificate == held && trust == believed;
  }

  /** A handler that calls; null once these are closed. */
  @Nullable SslHandler client(ByteBufAllocator allocator, MeshPeer peer) throws SSLException {
    SslContext context = acquireClient(peer.protocol());
    if (context == null) {
      return null;
    }
    try {
      InetSocketAddress address = peer.address();
      SslHandler handler = context.newHandler(allocator, peer.sessionKey(), address.getPort());
      if (!peer.serverName().isEmpty()) {
        ServerName.set(handler.engine(), peer.serverName());
      }
      return handler;
    } finally {
      ReferenceCountUtil.release(context);
    }
  }

  /** A handler that is called; null once these are closed. */
  @Nullable SslHandler server(ByteBufAllocator allocator, MeshProtocol protocol)
      throws SSLException {
    SslContext context = acquireServer(providerOf(protocol));
    if (context == null) {
      return null;
    }
    try {
      return context.newHandler(allocator);
    } finally {
      ReferenceCountUtil.release(context);
    }
  }

  private synchronized @Nullable SslContext acquireClient(MeshProtocol protocol)
      throws SSLException {
    SslContext context = clients.get(protocol);
    if (context == null && !closed) {
      context = newClient(protocol);
      clients.put(protocol, context);
    }
    return ReferenceCountUtil.retain(context);
  }

  private synchronized @Nullable SslContext acquireServer(SslProvider provider)
      throws SSLException {
    SslContext context = servers.get(provider);
    if (context == null && !closed) {
      context = newServer(provider);
      servers.put(provider, context);
    }
    return ReferenceCountUtil.retain(context);
  }

  /** New connections need others; those that are open go on. */
  synchronized void close() {
    closed = true;
    clients.values().forEach(ReferenceCountUtil::release);
    servers.values().forEach(ReferenceCountUtil::release);
    clients.clear();
    servers.clear();
  }

  /** Netty's engine of OpenSSL's kind ends both directions with the first of them. */
  private SslProvider providerOf(MeshProtocol protocol) {
    return protocol == MeshProtocol.TCP ? SslProvider.JDK : library;
  }

  private SslContext newClient(MeshProtocol protocol) throws SSLException {
    SslProvider provider = providerOf(protocol);
    return common(SslContextBuilder.forClient(), provider, protocol.offered())
        .keyManager(keys(provider))
        .endpointIdentificationAlgorithm(null) // of names, which decide nothing: PeerTrust
        .build();
  }

  private SslContext newServer(SslProvider provider) throws SSLException {
    return common(SslContextBuilder.forServer(keys(provider)), provider, MeshProtocol.taken())
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private SslContextBuilder common(
      SslContextBuilder builder, SslProvider provider, List<String> protocols) {
    return builder
        .sslProvider(provider)
        .protocols("TLSv1.3")
        .ciphers(CIPHERS)
        .trustManager(new PeerTrust(trust, counts))
        .sessionCacheSize(MAX_SESSIONS)
        .sessionTimeout(SESSION_SECONDS)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols));
  }

  /** The key goes from memory to memory. */
  private KeyManagerFactory keys(SslProvider provider) {
    KeyManagerFactory keys = new KeyManagerFactoryWrapper(new PresentedIdentity(certificate));
    return provider == SslProvider.JDK ? keys : new OpenSslCachingX509KeyManagerFactory(keys);
  }
}
