package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** The async client's runtime, which keeps a connection no longer than a rule lets it. */
final class LimitedAsyncExecRuntime implements AsyncExecRuntime {

  private final AsyncExecRuntime client;
  private final ConnectionLife life;

  LimitedAsyncExecRuntime(AsyncExecRuntime client, ConnectionLife life) {
    this.client = client;
    this.life = life;
  }

  @Override
  public void markConnectionReusable(@Nullable Object state, TimeValue validity) {
    TimeValue kept = life.keep(client, validity);
    if (kept == null) {
      client.markConnectionNonReusable();
    } else {
      client.markConnectionReusable(state, kept);
    }
  }

  @Override
  public void markConnectionNonReusable() {
    client.markConnectionNonReusable();
  }

  @Override
  public boolean isEndpointAcquired() {
    return client.isEndpointAcquired();
  }

  @Override
  public Cancellable acquireEndpoint(
      String id,
      HttpRoute route,
      Object state,
      HttpClientContext context,
      FutureCallback<AsyncExecRuntime> callback) {
    return client.acquireEndpoint(id, route, state, context, callback);
  }

  @Override
  public void releaseEndpoint() {
    client.releaseEndpoint();
  }

  @Override
  public void discardEndpoint() {
    client.discardEndpoint();
  }

  @Override
  public boolean isEndpointConnected() {
    return client.isEndpointConnected();
  }

  @Override
  public Cancellable connectEndpoint(
      HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    return client.connectEndpoint(context, callback);
  }

  @Override
  public void disconnectEndpoint() {
    client.disconnectEndpoint();
  }

  @Override
  public void upgradeTls(HttpClientContext context) {
    client.upgradeTls(context);
  }

  @Override
  public void upgradeTls(HttpClientContext context, FutureCallback<AsyncExecRuntime> callback) {
    client.upgradeTls(context, callback);
  }

  @Override
  public EndpointInfo getEndpointInfo() {
    return client.getEndpointInfo();
  }

  @Override
  public boolean validateConnection() {
    return client.validateConnection();
  }

  @Override
  public Cancellable execute(
      String id, AsyncClientExchangeHandler handler, HttpClientContext context) {
    return client.execute(id, handler, context);
  }

  @Override
  public AsyncExecRuntime fork() {
    return client.fork();
  }
}
