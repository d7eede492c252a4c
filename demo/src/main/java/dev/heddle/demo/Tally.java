package dev.heddle.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What came of all calls in one interval, route by route. */
final class Tally {

  private final Routes routes;
  private final Map<String, RouteTally> byHop = new LinkedHashMap<>();

  Tally(Routes routes) {
    this.routes = routes;
    routes.byHop().keySet().forEach(hop -> byHop.put(hop, new RouteTally()));
  }

  Routes routes() {
    return routes;
  }

  void add(Reply reply) {
    route(Routes.SHOP).add(Integer.toString(reply.status()), reply.status() == 200, reply.millis());
    for (String service : routes.hops()) {
      String answer = reply.answer(service);
      if (!answer.isEmpty()) {
        route(service).add(answer, reply.answered(service), reply.millis(service));
      }
    }
  }

  RouteTally route(String service) {
    return Objects.requireNonNull(byHop.get(service), service);
  }
}
