package dev.heddle.benchmarks.springapp;

import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** The pages of the shop. */
@RestController
class ShopController {

  private final RestClient reviews;

  ShopController(RestClient reviews) {
    this.reviews = reviews;
  }

  /** The page whose first answer is waited for. */
  @GetMapping("/books/{name}")
  Map<String, String> book(@PathVariable("name") String name) {
    return Map.of("name", name, "stock", "7");
  }

  /** A page that asks another service. */
  @GetMapping("/books/{name}/reviews")
  String reviews(@PathVariable("name") String name) {
    return reviews.get().uri("/reviews/{name}", name).retrieve().toEntity(String.class).toString();
  }
}
