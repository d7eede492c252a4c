package dev.heddle.control.serve;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.Credentials;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Lets only calls through whose caller is known, and remembers it for the call. */
final class CallerAuthentication implements ServerInterceptor {

  private static final Context.Key<Caller> CALLER = Context.key("caller");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** RFC 6750; RFC 9110 lets the scheme be written in any case. */
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;

  CallerAuthentication(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Who makes the call under way, or null on a port where nobody is asked. */
  static @Nullable Caller caller() {
    return CALLER.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Credentials shown =
        new Credentials(
            address(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
            bearer(headers.get(AUTHORIZATION)),
            certificates(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
    return switch (authenticator.authenticate(shown)) {
      case Authentication.Proven proven ->
          Contexts.interceptCall(
              Context.current().withValue(CALLER, proven.caller()), call, headers, next);
      case Authentication.Refused refused ->
          refuse(
              call,
              refused.reason().isFinal() ? Status.UNAUTHENTICATED : Status.UNAVAILABLE,
              refused.message());
      case Authentication.NotOffered nothing ->
          refuse(call, Status.UNAUTHENTICATED, "no credentials");
    };
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, Status status, String reason) {
    call.close(status.withDescription(reason), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static String address(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : String.valueOf(peer);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private static List<X509Certificate> certificates(@Nullable SSLSession session) {
    List<X509Certificate> chain = new ArrayList<>();
    if (session != null) {
      try {
        for (Certificate certificate : session.getPeerCertificates()) {
          chain.add((X509Certificate) certificate);
        }
      } catch (SSLPeerUnverifiedException e) {
        return List.of(); // it shows none
      }
    }
    return chain;
  }
}
