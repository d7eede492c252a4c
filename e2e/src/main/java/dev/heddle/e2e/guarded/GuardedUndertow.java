package dev.heddle.e2e.guarded;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Undertow with its own handlers. */
final class GuardedUndertow {

  private GuardedUndertow() {}

  static int start() {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setIoThreads(1)
            .setWorkerThreads(4)
            .setHandler(
                Handlers.path(
                        exchange ->
                            answer(
                                exchange,
                                Guarded.ofTarget(
                                    exchange.getRequestURI(),
                                    exchange.getRequestHeaders()::getFirst)))
                    .addPrefixPath("/admin", exchange -> answer(exchange, Guarded.GUARDED)))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static void answer(HttpServerExchange exchange, String answer) {
    exchange.getResponseSender().send(answer);
  }
}
