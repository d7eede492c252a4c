package dev.heddle.control.client.channel;

import dev.heddle.control.client.identity.IdentitySource;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the control service is, and how connections to it are made. */
public final class ControlEndpoint {

  private final String host;
  private final int port;
  private final @Nullable ControlSockets sockets;
  private final @Nullable CallCredentials credentials;

  private ControlEndpoint(
      String host,
      int port,
      @Nullable ControlSockets sockets,
      @Nullable CallCredentials credentials) {
    this.host = host;
    this.port = port;
    this.sockets = sockets;
    this.credentials = credentials;
  }

  /** Unencrypted and nameless, for the loopback: control's port 15010. */
  public static ControlEndpoint plaintext(String host, int port) {
    return new ControlEndpoint(host, port, null, null);
  }

  /**
   * TLS, where each side says who it is: control's port 15012. Files are read at each use; those
   * that are missing or wrong fail that connection or call with the reason.
   *
   * @param host what the server's certificate must name
   * @param roots file of the roots to believe, PEM
   * @param token file of the JWT to show
   * @param identity the certificate to show, as soon as there is one
   */
  public static ControlEndpoint tls(
      String host, int port, Path roots, Path token, IdentitySource identity) {
    return new ControlEndpoint(
        host,
        port,
        new ControlSockets(unbracketed(host), new ControlTls(roots, identity)),
        new TokenCredentials(new TokenFile(token), identity));
  }

  /**
   * TLS with a certificate as the only proof; nothing is called while there is none.
   *
   * @param host what the server's certificate must name
   * @param roots file of the roots to believe, PEM
   */
  public static ControlEndpoint certified(
      String host, int port, Path roots, IdentitySource identity) {
    return new ControlEndpoint(
        host,
        port,
        new ControlSockets(unbracketed(host), new ControlTls(roots, identity)),
        new CertificateCredentials(identity));
  }

  /** As JSSE compares an IPv6 address with those of a certificate. */
  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether the two sides know each other. */
  public boolean isTls() {
    return sockets != null;
  }

  /** A channel that connects at its first call; callbacks run on its own threads. */
  public ManagedChannel open() {
    OkHttpChannelBuilder builder =
        OkHttpChannelBuilder.forAddress(host, port)
            .usePlaintext() // TLS, where there is any, is below the transport
            .directExecutor()
            .maxInboundMessageSize(ChannelLimits.MAX_RESPONSE_BYTES)
            .keepAliveTime(ChannelLimits.KEEPALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(ChannelLimits.KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (sockets != null) {
      builder.socketFactory(sockets);
    }
    if (credentials != null) {
      builder.intercept(new Authentication(credentials));
    }
    return builder.build();
  }

  private static final class Authentication implements ClientInterceptor {
    private final CallCredentials credentials;

    Authentication(CallCredentials credentials) {
      this.credentials = credentials;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return next.newCall(method, options.withCallCredentials(credentials));
    }
  }
}
