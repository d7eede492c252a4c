package dev.heddle.node.upstream;

import dev.heddle.policy.identity.ClientTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The TLS that DestinationRules ask for, by the JDK, as in the agent. Their files are the node's,
 * not the pod's: only those below one directory are read, so that no rule can name a key that the
 * daemon holds for itself. Files that change are read again within {@link #RECHECK_NANOS}.
 */
public final class Originations {

  /** Between looks at the files of a rule: mounted certificates rotate in hours. */
  static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Rules at most: each may hold a context with its sessions. */
  private static final int MAX_RULES = 1_000;

  private final Path files;
  private final LongSupplier clock;
  private final Map<ClientTls, Ready> rules = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param files the directory below which rules may name files; need not exist
   * @param clock nanoseconds, as System.nanoTime
   */
  public Originations(Path files, LongSupplier clock) {
    this.files = files.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /** A handler for a connection to a host; SSLException says which file is wrong and how. */
  SslHandler client(ByteBufAllocator allocator, Security.Originated to, Target target, Terms terms)
      throws SSLException {
    String name = to.tls().sni().isEmpty() ? to.host() : to.tls().sni();
    SslHandler handler = context(to.tls()).newHandler(allocator, name, target.port());
    handler.setHandshakeTimeoutMillis(terms.connectMillis());
    if (target.protocol() == Target.Protocol.HTTP_2) { // as in Istio: nothing is said of others
      SSLParameters parameters = handler.engine().getSSLParameters();
      parameters.setApplicationProtocols(new String[] {ApplicationProtocolNames.HTTP_2});
      handler.engine().setSSLParameters(parameters);
    }
    return handler;
  }

  private SslContext context(ClientTls tls) throws SSLException {
    long now = clock.getAsLong();
    Ready known = rules.get(tls);
    if (known != null && now - known.checkedAtNanos < RECHECK_NANOS) {
      return known.context;
    }
    long changed = changed(tls);
    Ready current =
        known != null && known.filesChanged == changed
            ? new Ready(known.context, changed, now)
            : new Ready(read(tls), changed, now);
    if (rules.size() >= MAX_RULES) {
      rules.clear(); // rules that were changed or deleted; what is in use is read again
    }
    rules.put(tls, current);
    return current.context;
  }

  private long changed(ClientTls tls) throws SSLException {
    long changed = 0;
    for (String name :
        new String[] {tls.caCertificates(), tls.clientCertificate(), tls.privateKey()}) {
      changed = 31 * changed + (name.isEmpty() ? 0 : file(name).lastModified());
    }
    return changed;
  }

  private File file(String name) throws SSLException {
    Path path = Path.of(name).toAbsolutePath().normalize();
    if (!path.startsWith(files)) {
      throw new SSLException(
          "a DestinationRule names "
              + name
              + " (expected: a file of the node below "
              + files
              + ")");
    }
    return path.toFile();
  }

  private SslContext read(ClientTls tls) throws SSLException {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (tls.mode() == ClientTls.Mode.MUTUAL) {
        builder.keyManager(file(tls.clientCertificate()), file(tls.privateKey()));
      }
      if (tls.insecureSkipVerify()) {
        return builder
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .build();
      }
      if (!tls.subjectAltNames().isEmpty()) { // they stand in for the name of the host
        return builder
            .trustManager(NamedPeer.of(roots(tls), tls.subjectAltNames()))
            .endpointIdentificationAlgorithm("")
            .build();
      }
      return builder.trustManager(roots(tls)).endpointIdentificationAlgorithm("HTTPS").build();
    } catch (IllegalArgumentException e) {
      throw new SSLException("TLS of a DestinationRule cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager roots(ClientTls tls) throws SSLException {
    return NamedPeer.chain(tls.caCertificates().isEmpty() ? null : file(tls.caCertificates()));
  }

  private record Ready(SslContext context, long filesChanged, long checkedAtNanos) {}
}
