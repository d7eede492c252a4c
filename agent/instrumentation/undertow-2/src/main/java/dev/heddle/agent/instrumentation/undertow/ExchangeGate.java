package dev.heddle.agent.instrumentation.undertow;

import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.inbound.Refusal;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Has exchanges judged, and answers those that are not let in. */
final class ExchangeGate {

  private ExchangeGate() {}

  /** Who answers the exchange instead of the app; null: it goes on. */
  static @Nullable HttpHandler refusing(HttpServerExchange exchange) {
    Refusal refusal;
    try {
      refusal = InboundGate.judge(new ExchangeRequest(exchange));
    } catch (Throwable e) { // whatever it is, nothing was decided
      refusal = InboundGate.undecided(e);
    }
    if (refusal == null) {
      return null;
    }
    Refusal answered = refusal;
    return refused -> answer(refused, answered);
  }

  private static void answer(HttpServerExchange exchange, Refusal refusal) {
    exchange.setStatusCode(refusal.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Refusal.CONTENT_TYPE);
    exchange.getResponseHeaders().put(new HttpString(Refusal.REASON_HEADER), refusal.reason());
    if (!refusal.challenge().isEmpty()) {
      exchange
          .getResponseHeaders()
          .put(new HttpString(Refusal.CHALLENGE_HEADER), refusal.challenge());
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(refusal.bytes()));
  }
}
