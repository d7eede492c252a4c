package dev.heddle.control.client.renewal;

import dev.heddle.api.ca.IstioCertificateRequest;
import dev.heddle.api.ca.IstioCertificateResponse;
import dev.heddle.api.ca.IstioCertificateServiceGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An authority on the loopback that signs whatever key is proven, for a workload of its own. */
final class AuthorityServer extends IstioCertificateServiceGrpc.IstioCertificateServiceImplBase
    implements ServerInterceptor, AutoCloseable {

  static final String URI = "spiffe://cluster.local/ns/shop/sa/cart";

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> SHOWN = Context.key("shown");
  private static final char[] NO_PASSWORD = new char[0];

  private final TestRoot root;
  private final Server server;
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private volatile Function<PublicKey, List<X509Certificate>> answer;

  /** Signs for that long. */
  static AuthorityServer start(TestRoot root, int port, long lifetimeMillis) throws Exception {
    return new AuthorityServer(
        root,
        port,
        "localhost",
        key ->
            Arrays.asList(
                root.workload(key, URI, System.currentTimeMillis() + lifetimeMillis),
                root.certificate()));
  }

  /** Answers as it is told to, with a certificate for that name. */
  AuthorityServer(
      TestRoot root, int port, String host, Function<PublicKey, List<X509Certificate>> answer)
      throws Exception {
    this.root = root;
    this.answer = answer;
    this.server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                TlsServerCredentials.newBuilder()
                    .keyManager(keys(host).getKeyManagers())
                    .trustManager(trust().getTrustManagers())
                    .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
                    .build())
            .addService(this)
            .intercept(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  /** Other answers from now on. */
  void answer(Function<PublicKey, List<X509Certificate>> next) {
    answer = next;
  }

  /** Who asked, in order: the token and the serial of the certificate, or "none". */
  List<String> callers() {
    return callers;
  }

  @Override
  public void createCertificate(
      IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> response) {
    callers.add(SHOWN.get());
    try {
      List<String> chain =
          answer.apply(provenKey(request.getCsr())).stream()
              .map(TestRoot::pem)
              .collect(Collectors.toList());
      response.onNext(IstioCertificateResponse.newBuilder().addAllCertChain(chain).build());
      response.onCompleted();
    } catch (Exception e) {
      response.onError(Status.INVALID_ARGUMENT.withDescription(e.toString()).asException());
    }
  }

  /** The key of a request whose signature it made. */
  static PublicKey provenKey(String csr) throws Exception {
    PKCS10CertificationRequest parsed;
    try (PEMParser parser = new PEMParser(new StringReader(csr))) {
      parsed = (PKCS10CertificationRequest) parser.readObject();
    }
    PublicKey key = new JcaPKCS10CertificationRequest(parsed).getPublicKey();
    if (!parsed.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
      throw new GeneralSecurityException("not signed with its own key");
    }
    return key;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String token = String.valueOf(headers.get(AUTHORIZATION));
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    Context context = Context.current().withValue(SHOWN, token + ' ' + serial(session));
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static String serial(SSLSession session) {
    try {
      X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
      return String.valueOf(peer.getSerialNumber());
    } catch (SSLPeerUnverifiedException e) {
      return "none";
    }
  }

  private KeyManagerFactory keys(String host) throws GeneralSecurityException, IOException {
    KeyPair keys = TestRoot.keys();
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "server",
        keys.getPrivate(),
        NO_PASSWORD,
        new X509Certificate[] {root.server(keys.getPublic(), host), root.certificate()});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("root", root.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  @Override
  public void close() {
    try {
      server.shutdownNow().awaitTermination(); // its port is free then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
