package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/** Lets the pool have a connection when its handshake is done. */
final class AsyncTlsStart implements FutureCallback<ManagedAsyncClientConnection> {

  /** A server that takes longer is taken for dead; an attempt's own timeout is shorter. */
  private static final Timeout HANDSHAKE_TIMEOUT = Timeout.ofSeconds(10);

  private final TlsEndpoint endpoint;
  private final FutureCallback<ManagedAsyncClientConnection> pool;

  AsyncTlsStart(TlsEndpoint endpoint, FutureCallback<ManagedAsyncClientConnection> pool) {
    this.endpoint = endpoint;
    this.pool = pool;
  }

  @Override
  public void completed(ManagedAsyncClientConnection connection) {
    try {
      connection.startTls(
          endpoint.tls().context(),
          new HttpHost("https", endpoint.serverName(), endpoint.port()),
          SSLBufferMode.STATIC,
          (name, engine) ->
              engine.setSSLParameters(TlsEndpoint.verifying(engine.getSSLParameters())),
          null,
          HANDSHAKE_TIMEOUT,
          new Handshake(connection));
    } catch (RuntimeException e) { // the connection must not be used as it is
      connection.close(CloseMode.IMMEDIATE);
      pool.failed(e);
    }
  }

  @Override
  public void failed(Exception e) {
    pool.failed(e);
  }

  @Override
  public void cancelled() {
    pool.cancelled();
  }

  private final class Handshake implements FutureCallback<TransportSecurityLayer> {
    private final ManagedAsyncClientConnection connection;

    Handshake(ManagedAsyncClientConnection connection) {
      this.connection = connection;
    }

    @Override
    public void completed(TransportSecurityLayer layer) {
      pool.completed(connection);
    }

    @Override
    public void failed(Exception e) {
      connection.close(CloseMode.IMMEDIATE);
      pool.failed(e);
    }

    @Override
    public void cancelled() {
      connection.close(CloseMode.IMMEDIATE);
      pool.cancelled();
    }
  }
}
