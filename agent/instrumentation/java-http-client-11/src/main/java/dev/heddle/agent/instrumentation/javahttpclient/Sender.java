package dev.heddle.agent.instrumentation.javahttpclient;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Calls the client's own sendAsync, with the arguments that the app's call came with. */
final class Sender {

  private static final int PARAMETERS = 4;

  /** The private method by client class; two classes at most, the JDK has one. */
  private static final ClassValue<Method> SEND_ASYNC =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
          for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals("sendAsync") && method.getParameterCount() == PARAMETERS) {
              method.setAccessible(true);
              return method;
            }
          }
          throw new IllegalStateException(type + " has no sendAsync of four parameters");
        }
      };

  private final HttpClient client;
  private final Object pushHandler;
  private final Executor executor;

  Sender(HttpClient client, Object pushHandler, Executor executor) {
    this.client = client;
    this.pushHandler = pushHandler;
    this.executor = executor;
  }

  /** The app's client. */
  HttpClient client() {
    return client;
  }

  /** As {@link #send}, through a client of ours. */
  @SuppressWarnings("unchecked") // a push handler is one of Object where the handler is
  CompletableFuture<HttpResponse<Object>> send(
      HttpRequest request, HttpResponse.BodyHandler<Object> handler, HttpClient ours) {
    return ours.sendAsync(request, handler, (HttpResponse.PushPromiseHandler<Object>) pushHandler);
  }

  @SuppressWarnings("unchecked") // what sendAsync returns
  CompletableFuture<HttpResponse<Object>> send(
      HttpRequest request, HttpResponse.BodyHandler<Object> handler) {
    try {
      Method sendAsync = SEND_ASYNC.get(client.getClass());
      return (CompletableFuture<HttpResponse<Object>>)
          sendAsync.invoke(client, request, handler, pushHandler, executor);
    } catch (InvocationTargetException e) {
      return CompletableFuture.failedFuture(e.getCause());
    } catch (IllegalAccessException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
