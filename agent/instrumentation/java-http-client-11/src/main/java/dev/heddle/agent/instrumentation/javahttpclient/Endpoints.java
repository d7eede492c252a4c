package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The endpoint of each request under way, by the client's own copy of it. */
final class Endpoints {

  private static final Map<Object, InetSocketAddress> BY_COPY =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Endpoints() {}

  static void copied(Object copy, Object request) {
    if (request instanceof AttemptRequest) {
      InetSocketAddress endpoint = ((AttemptRequest) request).endpoint();
      if (endpoint != null) {
        BY_COPY.put(copy, endpoint);
      }
    }
  }

  static @Nullable InetSocketAddress of(Object copy) {
    return BY_COPY.get(copy);
  }
}
