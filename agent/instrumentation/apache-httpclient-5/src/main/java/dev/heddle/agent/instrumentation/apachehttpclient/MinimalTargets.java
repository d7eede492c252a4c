package dev.heddle.agent.instrumentation.apachehttpclient;

import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Hands the endpoint of an attempt past the minimal client, which asks for a connection on the
 * thread that gives it the request.
 */
final class MinimalTargets {

  private static final ThreadLocal<@Nullable HttpHost> TARGET = new ThreadLocal<>();

  /** What gives the client a request. */
  interface Sending {
    void run() throws org.apache.hc.core5.http.HttpException, java.io.IOException;
  }

  private MinimalTargets() {}

  static void with(@Nullable HttpHost target, Sending sending)
      throws org.apache.hc.core5.http.HttpException, java.io.IOException {
    TARGET.set(target);
    try {
      sending.run();
    } finally {
      TARGET.remove();
    }
  }

  static Object of(Object host) {
    HttpHost target = TARGET.get();
    return target == null ? host : target;
  }
}
