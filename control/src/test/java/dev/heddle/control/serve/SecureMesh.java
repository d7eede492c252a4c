package dev.heddle.control.serve;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.ca.IstioCertificateRequest;
import dev.heddle.api.ca.IstioCertificateServiceGrpc;
import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.ca.OfflineAuthority;
import dev.heddle.control.ca.PodProofs;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.identity.SpiffeId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A control service's port with names, on an authority of its own, and callers of it. */
final class SecureMesh implements AutoCloseable {

  static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "shop", "reviews");
  private static final long DEADLINE_SECONDS = 20;

  private final Path parent;
  private final MeshAuthority authority;
  private final DiscoveryServer server;
  private volatile MeshIndex index;

  SecureMesh(Path parent, Duration lifetime, String... objects) throws IOException {
    this(parent, lifetime, null, objects);
  }

  /** tokens believes what callers bring in a cluster, null: those of this authority are. */
  SecureMesh(Path parent, Duration lifetime, @Nullable Authenticator tokens, String... objects)
      throws IOException {
    this.parent = parent;
    index = new MeshIndex(YamlState.of(objects));
    authority =
        MeshAuthority.open(
            new AuthoritySettings(directory(), "cluster.local", lifetime, List.of()),
            CaEvents.NONE,
            InstantSource.system(),
            tokens == null
                ? null
                : new PodProofs(tokens, (address, identity) -> index.caller(address, identity)));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        new DiscoveryServer(
            any,
            new SecurePort(
                any,
                authority.serverKeys(),
                authority.authenticator(),
                authority.authority(),
                authority.impersonation((node, identity) -> index.hosts(node, identity)),
                CaEvents.NONE));
    show();
    authority.follow(this::show);
    server.listen();
  }

  private void show() {
    server.show(new TrustingView(new IndexView(index), authority.trustDomain(), authority.roots()));
  }

  /** The mesh has these objects in place of those before. */
  void use(String... objects) {
    index = new MeshIndex(YamlState.of(objects));
    show();
  }

  Path directory() {
    return parent.resolve("ca");
  }

  DiscoveryServer server() {
    return server;
  }

  MeshAuthority authority() {
    return authority;
  }

  private OfflineAuthority offline() {
    return new OfflineAuthority(directory(), InstantSource.system(), new SecureRandom());
  }

  String token(SpiffeId identity) throws IOException {
    return token(Caller.workload(identity));
  }

  String token(Caller caller) throws IOException {
    return offline().token(caller, Duration.ofHours(1));
  }

  /** A directory with the files of an identity. */
  Path certificate(SpiffeId identity, String name) throws Exception {
    Path out = parent.resolve(name);
    offline().writeCertificate(identity, Duration.ofHours(1), out);
    return out;
  }

  /** A new connection that shows a certificate or a token, or both, or neither. */
  ManagedChannel connect(@Nullable Path certificate, @Nullable String token) throws IOException {
    TlsChannelCredentials.Builder tls = trusting(authority.roots());
    if (certificate != null) {
      tls.keyManager(
          certificate.resolve("cert-chain.pem").toFile(), certificate.resolve("key.pem").toFile());
    }
    NettyChannelBuilder builder = to(tls);
    if (token != null) {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
    }
    return builder.build();
  }

  /** A new connection that shows what was issued, PEM. */
  ManagedChannel connectWith(String key, List<String> chain) throws IOException {
    return to(trusting(authority.roots()).keyManager(stream(String.join("", chain)), stream(key)))
        .build();
  }

  private static TlsChannelCredentials.Builder trusting(List<String> roots) throws IOException {
    return TlsChannelCredentials.newBuilder().trustManager(stream(String.join("", roots)));
  }

  private NettyChannelBuilder to(TlsChannelCredentials.Builder tls) {
    return NettyChannelBuilder.forAddress("localhost", server.securePort(), tls.build());
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Asks for a certificate on a connection that is then closed. */
  static List<String> askPem(ManagedChannel channel, String csr) throws Exception {
    return askPem(channel, IstioCertificateRequest.newBuilder().setCsr(csr).build());
  }

  private static List<String> askPem(ManagedChannel channel, IstioCertificateRequest request)
      throws Exception {
    try {
      return IstioCertificateServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .createCertificate(request)
          .getCertChainList();
    } finally {
      channel.shutdownNow();
      channel.awaitTermination(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }

  static List<X509Certificate> ask(ManagedChannel channel, String csr) throws Exception {
    return parsed(askPem(channel, csr));
  }

  /** The same in the name of another identity. */
  static List<X509Certificate> askAs(ManagedChannel channel, String identity, String csr)
      throws Exception {
    return parsed(askPemAs(channel, identity, csr));
  }

  static List<String> askPemAs(ManagedChannel channel, String identity, String csr)
      throws Exception {
    Struct whose =
        Struct.newBuilder()
            .putFields("ImpersonatedIdentity", Value.newBuilder().setStringValue(identity).build())
            .build();
    return askPem(
        channel, IstioCertificateRequest.newBuilder().setCsr(csr).setMetadata(whose).build());
  }

  private static List<X509Certificate> parsed(List<String> chain) throws Exception {
    List<X509Certificate> parsed = new ArrayList<>();
    for (String pem : chain) {
      parsed.add(
          (X509Certificate)
              CertificateFactory.getInstance("X.509").generateCertificate(stream(pem)));
    }
    return parsed;
  }

  @Override
  public void close() {
    server.close();
    authority.close();
  }
}
