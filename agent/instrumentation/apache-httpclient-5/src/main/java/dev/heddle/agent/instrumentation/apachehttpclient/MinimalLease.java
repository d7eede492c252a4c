package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.ConnectionUse;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * The connection that an attempt of the minimal client got. The client gives it back in a way that
 * nobody is asked about: what it carried is left where the hook of the pool finds it.
 */
final class MinimalLease {

  private final ConnectionLife life;
  private volatile @Nullable AsyncConnectionEndpoint connection;

  MinimalLease(ConnectionLife life) {
    this.life = life;
  }

  /** Tells the lease before the client hears of its connection. */
  FutureCallback<AsyncConnectionEndpoint> told(FutureCallback<AsyncConnectionEndpoint> client) {
    return new FutureCallback<AsyncConnectionEndpoint>() {
      @Override
      public void completed(AsyncConnectionEndpoint leased) {
        connection = leased;
        client.completed(leased);
      }

      @Override
      public void failed(Exception e) {
        client.failed(e);
      }

      @Override
      public void cancelled() {
        client.cancelled();
      }
    };
  }

  /** The response is here, and the connection not given back yet. */
  void answered() {
    ConnectionUse use = life.answered();
    AsyncConnectionEndpoint leased = connection;
    CallPipeline pipeline = Adapters.pipeline();
    if (use != null && leased != null && pipeline != null) {
      pipeline.connections().alias(leased, use);
    }
  }
}
