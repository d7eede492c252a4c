package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The app's call of the minimal client, once its handler has given the request. */
final class MinimalAppCall {

  private final MinimalHttpAsyncClient client;
  private final AsyncClientExchangeHandler handler;
  private final @Nullable HandlerFactory<AsyncPushConsumer> pushHandlers;
  private final @Nullable HttpContext context;
  private final HttpRequest request;
  private final @Nullable EntityDetails details;

  MinimalAppCall(
      MinimalHttpAsyncClient client,
      AsyncClientExchangeHandler handler,
      @Nullable HandlerFactory<AsyncPushConsumer> pushHandlers,
      @Nullable HttpContext context,
      HttpRequest request,
      @Nullable EntityDetails details) {
    this.client = client;
    this.handler = handler;
    this.pushHandlers = pushHandlers;
    this.context = context;
    this.request = request;
    this.details = details;
  }

  AsyncClientExchangeHandler handler() {
    return handler;
  }

  HttpRequest request() {
    return request;
  }

  @Nullable EntityDetails details() {
    return details;
  }

  /** The app's, or one of the call's own. */
  HttpContext context() {
    return context == null ? HttpClientContext.create() : context;
  }

  HttpHost target() {
    return new HttpHost(request.getScheme(), request.getAuthority());
  }

  /** The request's own, else the context's. */
  RequestConfig config() {
    RequestConfig own =
        request instanceof Configurable ? ((Configurable) request).getConfig() : null;
    if (own == null && context instanceof HttpClientContext) {
      own = ((HttpClientContext) context).getRequestConfig();
    }
    return own == null ? RequestConfig.DEFAULT : own;
  }

  /** In a context of its own, for the client leaves its traces there. */
  Cancellable execute(MinimalHandler ours, HttpContext own) {
    return client.execute(ours, pushHandlers, own);
  }

  /** As if there were no hook. */
  Cancellable pass() {
    return client.execute(new MinimalHandler(handler, request, details), pushHandlers, context);
  }
}
