package dev.heddle.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What came of all calls in one interval, route by route. */
final class Tally {

  /** The routes of the shop, by the service called. */
  static final Map<String, String> ROUTES = routes();

  private static final List<String> HOPS = List.of("catalog", "reviews", "ratings");

  private final Map<String, RouteTally> byService = new LinkedHashMap<>();

  Tally() {
    ROUTES.keySet().forEach(service -> byService.put(service, new RouteTally()));
  }

  private static Map<String, String> routes() {
    Map<String, String> routes = new LinkedHashMap<>();
    routes.put("shop", "you -> storefront");
    routes.put("catalog", "storefront -> catalog");
    routes.put("reviews", "catalog -> reviews");
    routes.put("ratings", "reviews -> ratings");
    return routes;
  }

  void add(Reply reply) {
    route("shop").add(Integer.toString(reply.status()), reply.status() == 200, reply.millis());
    for (String service : HOPS) {
      String answer = reply.answer(service);
      if (!answer.isEmpty()) {
        route(service).add(answer, reply.answered(service), reply.millis(service));
      }
    }
  }

  RouteTally route(String service) {
    return Objects.requireNonNull(byService.get(service), service);
  }
}
