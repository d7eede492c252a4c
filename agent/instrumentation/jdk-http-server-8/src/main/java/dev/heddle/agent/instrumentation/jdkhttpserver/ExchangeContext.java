package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.context.RequestContext;
import java.util.List;
import java.util.Map;

/** Reads what is handed on from an exchange. */
final class ExchangeContext {

  private ExchangeContext() {}

  /** Goes through the headers there are: looking one up makes the server normalise its name. */
  static RequestContext of(HttpExchange exchange) {
    Propagation propagation = InboundRequests.propagation();
    RequestContext.Builder context = propagation.request();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      String name = propagation.inherited(header.getKey());
      if (name != null) {
        context.add(name, String.join(",", header.getValue()));
      }
    }
    return context.build();
  }
}
