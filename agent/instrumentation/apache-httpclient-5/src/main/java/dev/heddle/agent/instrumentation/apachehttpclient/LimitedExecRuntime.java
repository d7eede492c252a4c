package dev.heddle.agent.instrumentation.apachehttpclient;

import java.io.IOException;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** The classic client's runtime, which keeps a connection no longer than a rule lets it. */
final class LimitedExecRuntime implements ExecRuntime {

  private final ExecRuntime client;
  private final ConnectionLife life;

  LimitedExecRuntime(ExecRuntime client, ConnectionLife life) {
    this.client = client;
    this.life = life;
  }

  /** Without a time the client does not keep it either. */
  @Override
  public void markConnectionReusable(@Nullable Object state, @Nullable TimeValue validity) {
    TimeValue kept = validity == null ? null : life.keep(client, validity);
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
  public boolean isExecutionAborted() {
    return client.isExecutionAborted();
  }

  @Override
  public boolean isEndpointAcquired() {
    return client.isEndpointAcquired();
  }

  @Override
  public void acquireEndpoint(String id, HttpRoute route, Object state, HttpClientContext context)
      throws IOException {
    client.acquireEndpoint(id, route, state, context);
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
  public void disconnectEndpoint() throws IOException {
    client.disconnectEndpoint();
  }

  @Override
  public void connectEndpoint(HttpClientContext context) throws IOException {
    client.connectEndpoint(context);
  }

  @Override
  public void upgradeTls(HttpClientContext context) throws IOException {
    client.upgradeTls(context);
  }

  @Override
  public EndpointInfo getEndpointInfo() {
    return client.getEndpointInfo();
  }

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpClientContext context)
      throws IOException, HttpException {
    return client.execute(id, request, context);
  }

  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      HttpResponseInformationCallback information,
      HttpClientContext context)
      throws IOException, HttpException {
    return client.execute(id, request, information, context);
  }

  @Override
  public boolean isConnectionReusable() {
    return client.isConnectionReusable();
  }

  @Override
  public ExecRuntime fork(CancellableDependency dependency) {
    return client.fork(dependency);
  }
}
