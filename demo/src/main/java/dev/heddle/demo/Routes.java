package dev.heddle.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of the shop: names for people, by the word that the shop says of the hop. */
record Routes(Map<String, String> byHop) {

  /** From you to the storefront: the one whose answer is a status. */
  static final String SHOP = "shop";

  /** From the program that is no Java to reviews. */
  static final String PICKS = "picks";

  /** What the answer to that says of ratings; no hop of its own. */
  static final String STARS = "stars";

  Routes {
    byHop = Collections.unmodifiableMap(new LinkedHashMap<>(byHop));
  }

  /**
   * @param withPod with those from and to the program that is no Java
   */
  static Routes of(boolean withPod) {
    Map<String, String> routes = new LinkedHashMap<>();
    routes.put(SHOP, "you -> storefront");
    routes.put("catalog", "storefront -> catalog");
    routes.put("reviews", "catalog -> reviews");
    routes.put("ratings", "reviews -> ratings");
    if (withPod) {
      routes.put("recommendations", "catalog -> recommendations");
      routes.put(PICKS, "recommendations -> reviews");
    }
    return new Routes(routes);
  }

  /** All but the first. */
  List<String> hops() {
    return byHop.keySet().stream().filter(hop -> !hop.equals(SHOP)).toList();
  }

  boolean withPod() {
    return byHop.containsKey(PICKS);
  }
}
