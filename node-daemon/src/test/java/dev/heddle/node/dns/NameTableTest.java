package dev.heddle.node.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which host of the mesh a pod of the namespace shop means. */
final class NameTableTest {

  private final NameTable table =
      new NameTable(
          Map.of(
              "reviews.shop.svc.cluster.local", at("10.0.0.1"),
              "ratings.books.svc.cluster.local", at("10.0.0.2"),
              "api.example.com", at("240.240.0.1"),
              "*.example.com", at("240.240.0.2"),
              "*.deep.example.com", at("240.240.0.3"),
              "cache", at("240.240.0.4")),
          "shop");

  private static List<InetAddress> at(String address) {
    return List.of(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @CsvSource({
    "reviews.shop.svc.cluster.local, reviews.shop.svc.cluster.local, 10.0.0.1",
    "reviews,                        reviews,                        10.0.0.1",
    "reviews.shop,                   reviews.shop,                   10.0.0.1",
    "ratings.books.svc,              ratings.books.svc,              10.0.0.2",
    "api.example.com,                api.example.com,                240.240.0.1",
    "other.example.com,              other.example.com,              240.240.0.2",
    "a.b.example.com,                a.b.example.com,                240.240.0.2",
    "a.deep.example.com,             a.deep.example.com,             240.240.0.3",
    "cache,                          cache,                          240.240.0.4",
    // what a resolver with search domains asks first
    "api.example.com.shop.svc.cluster.local,  api.example.com,       240.240.0.1",
    "x.example.com.shop.svc.cluster.local,    x.example.com,         240.240.0.2",
    "reviews.shop.shop.svc.cluster.local,     reviews.shop,          10.0.0.1",
    "cache.shop.svc.cluster.local,            cache,                 240.240.0.4"
  })
  void aNameIsFound(String asked, String meant, String address) {
    assertThat(table.find(asked)).isEqualTo(new NameTable.Found(meant, at(address)));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com", // a wildcard covers what is below it
    "ratings", // a service of another namespace
    "example.org",
    "api.example.com.books.svc.cluster.local", // another namespace's search domain
    "shop.svc.cluster.local",
    ".shop.svc.cluster.local"
  })
  void anotherNameIsNot(String asked) {
    assertThat(table.find(asked)).isNull();
  }

  @Test
  void theNameOfTheRootIsNot() {
    assertThat(table.find("")).isNull();
  }
}
