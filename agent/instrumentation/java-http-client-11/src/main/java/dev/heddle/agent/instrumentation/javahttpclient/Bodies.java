package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.http.HttpRequest;
import java.util.Optional;

/** Which request bodies can be sent a second time. */
final class Bodies {

  private static final String PULL_PUBLISHERS = "jdk.internal.net.http.RequestPublishers$";

  private Bodies() {}

  /** None, and those that the JDK makes of memory or files; others may be read but once. */
  static boolean replayable(HttpRequest request) {
    Optional<HttpRequest.BodyPublisher> body = request.bodyPublisher();
    if (!body.isPresent()) {
      return true;
    }
    String type = body.get().getClass().getName();
    return type.startsWith(PULL_PUBLISHERS)
        && (type.endsWith("ByteArrayPublisher")
            || type.endsWith("StringPublisher")
            || type.endsWith("EmptyPublisher")
            || type.endsWith("FilePublisher"));
  }
}
