package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import javax.net.ssl.SSLSocket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Where the classic client connects: within a rule's time, and with a rule's TLS begun behind it.
 */
public final class ConnectionAdvice {

  private ConnectionAdvice() {}

  /** {the arguments to connect with, endpoint of TLS or null}, or null: the client's own affair. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToAllArguments(index = 0, typing = Assigner.Typing.DYNAMIC)
  public static Object @Nullable [] enter(@Advice.AllArguments Object[] arguments) {
    Object[] shortened = ConnectLimit.shorten(arguments);
    TlsEndpoint endpoint = TlsEndpoint.of((HttpHost) arguments[1]);
    if (shortened == null && endpoint == null) {
      return null;
    }
    Object[] changed = shortened == null ? arguments.clone() : shortened;
    changed[1] = endpoint == null ? changed[1] : endpoint.plain();
    return new Object[] {changed, endpoint};
  }

  /** The failure of the handshake, or null. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToThrown(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Thrown @Nullable Throwable thrown,
      @Advice.Argument(0) Object connection) {
    if (entered == null || entered[1] == null || thrown != null) {
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
