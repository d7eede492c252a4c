package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.protocol.Authority;
import dev.heddle.policy.snapshot.HostRouter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks for what decides on a request: a host of its name, else the service of its address. */
final class HostSearch {

  /** Hears what was found, or null, and the port that the request goes to. */
  interface Found {
    void decides(@Nullable HostRouter router, int port);
  }

  private final OutboundLoop loop;
  private final CapturedConnection connection;

  HostSearch(OutboundLoop loop, CapturedConnection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  /** Tells once, perhaps before it returns. */
  void find(Authority named, Found then) {
    int port = named.port() == 0 ? connection.destination().getPort() : named.port();
    find(
        named.host(),
        port,
        router -> {
          if (router == null) {
            findByAddress(then);
          } else {
            then.decides(router, port);
          }
        });
  }

  /** A service that is called by its address, whatever the client calls it. */
  private void findByAddress(Found then) {
    int port = connection.destination().getPort();
    String address = connection.destination().getAddress().getHostAddress();
    find(address, port, router -> then.decides(router, port));
  }

  private void find(String host, int port, Consumer<@Nullable HostRouter> then) {
    loop.questions().find(connection.pod().workload(), host, port, loop.loop(), then);
  }
}
