package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.inbound.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Has exchanges judged, and answers those that are not let in. */
final class ExchangeGate {

  /**
   * Each thread's, used again and again. Server threads outlive requests, what they read does not.
   */
  private static final ThreadLocal<ExchangeRequest> REQUESTS =
      ThreadLocal.withInitial(ExchangeRequest::new);

  private ExchangeGate() {}

  /**
   * What was answered, or null: the exchange goes on. A chain within the one that was judged is let
   * pass by the exchange's identity: a thread may well serve another request in between.
   */
  static @Nullable Refusal refused(HttpExchange exchange) {
    Refusal refusal;
    try {
      ExchangeRequest request = REQUESTS.get();
      if (request.reads(exchange)) {
        return null;
      }
      request.read(exchange);
      refusal = InboundGate.judge(request);
      if (request.isEdited() && CurrentContext.get() != null) {
        CurrentContext.replace(ExchangeContext.of(exchange)); // nothing forged goes on
      }
    } catch (Throwable e) { // whatever it is, nothing was decided
      refusal = InboundGate.undecided(e);
    }
    if (refusal != null) {
      forget();
      answer(exchange, refusal);
    }
    return refusal;
  }

  /** The request is over on this thread. */
  static void forget() {
    REQUESTS.get().read(null);
  }

  /** Closing the exchange drains what the app did not read, up to the server's limit. */
  private static void answer(HttpExchange exchange, Refusal refusal) {
    byte[] body = refusal.bytes();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-type", Refusal.CONTENT_TYPE);
    headers.set(Refusal.REASON_HEADER, refusal.reason());
    if (!refusal.challenge().isEmpty()) {
      headers.set(Refusal.CHALLENGE_HEADER, refusal.challenge());
    }
    try {
      if (exchange.getRequestMethod().equals("HEAD")) {
        headers.set("Content-length", Integer.toString(body.length));
        exchange.sendResponseHeaders(refusal.status(), -1);
      } else {
        exchange.sendResponseHeaders(refusal.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      return; // the caller is gone
    } finally {
      exchange.close();
    }
  }
}
