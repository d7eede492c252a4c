package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import javax.net.ssl.SSLSocket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Begins a rule's TLS on a connection of the classic client that was just made. */
public final class TlsConnectAdvice {

  private TlsConnectAdvice() {}

  /** {host to connect to, endpoint}, or null: the client's own affair. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 1,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static Object @Nullable [] enter(@Advice.Argument(1) Object host) {
    TlsEndpoint endpoint = TlsEndpoint.of((HttpHost) host);
    return endpoint == null ? null : new Object[] {endpoint.plain(), endpoint};
  }

  /** The failure of the handshake, or null. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToThrown(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Thrown @Nullable Throwable thrown,
      @Advice.Argument(0) Object connection) {
    if (entered == null || thrown != null) {
      return null;
    }
    try {
      begin((TlsEndpoint) entered[1], (ManagedHttpClientConnection) connection);
      return null;
    } catch (Throwable e) { // the connection must not be used as it is
      return e;
    }
  }

  private static void begin(TlsEndpoint endpoint, ManagedHttpClientConnection connection)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            endpoint
                .tls()
                .context()
                .getSocketFactory()
                .createSocket(connection.getSocket(), endpoint.serverName(), endpoint.port(), true);
    socket.setSSLParameters(TlsEndpoint.verifying(socket.getSSLParameters()));
    socket.startHandshake();
    connection.bind(socket);
  }
}
