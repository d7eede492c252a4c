package dev.heddle.agent.instrumentation.apachehttpclient;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The parts of the client that it keeps to itself. */
final class Executor {

  private static final String RESPONSE =
      "org.apache.hc.client5.http.impl.classic.CloseableHttpResponse";

  private final Object client;
  private final HttpContext context;

  Executor(Object client, HttpContext context) {
    this.client = client;
    this.context = context;
  }

  /** The client's own doExecute; throws what it throws. */
  ClassicHttpResponse execute(HttpHost target, ClassicHttpRequest request) throws Exception {
    Method execute =
        client
            .getClass()
            .getDeclaredMethod(
                "doExecute", HttpHost.class, ClassicHttpRequest.class, HttpContext.class);
    return (ClassicHttpResponse) invoke(execute, client, target, request, context);
  }

  /** A response in the type that doExecute returns. */
  ClassicHttpResponse closeable(ClassicHttpResponse response) {
    try {
      Class<?> type = Class.forName(RESPONSE, false, client.getClass().getClassLoader());
      Method adapt = type.getDeclaredMethod("adapt", ClassicHttpResponse.class);
      return (ClassicHttpResponse) invoke(adapt, null, response);
    } catch (Exception e) {
      throw new IllegalStateException("this HttpClient has no " + RESPONSE + ".adapt", e);
    }
  }

  private static Object invoke(Method method, @Nullable Object on, Object... arguments)
      throws Exception {
    method.setAccessible(true);
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception) {
        throw (Exception) e.getCause();
      }
      throw e;
    }
  }
}
