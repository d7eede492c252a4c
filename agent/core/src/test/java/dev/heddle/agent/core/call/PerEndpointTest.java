package dev.heddle.agent.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.heddle.policy.balance.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PerEndpointTest {

  private final PerEndpoint<Object> values = new PerEndpoint<>();

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::1", "fe80::1%eth0"})
  void givesWhatWasKeptForAnEqualEndpointWithAnAddress(String address) {
    Object value = values.keep(endpoint(address, 80), new Object());

    assertSame(value, values.get(endpoint(address, 80)));
    assertNull(values.get(endpoint(address, 81)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reviews", "reviews.default.svc", "10.example.com", ""})
  void keepsNothingForAName(String name) {
    Object value = new Object();

    assertSame(value, values.keep(endpoint(name, 80), value));
    assertNull(values.get(endpoint(name, 80)));
  }

  @Test
  void forgetsRatherThanGrowsWithoutEnd() {
    for (int port = 1; port <= 10_000; port++) {
      values.keep(endpoint("10.0.0.1", port), port);
    }

    assertNull(values.get(endpoint("10.0.0.1", 1)));
    assertEquals(10_000, values.get(endpoint("10.0.0.1", 10_000)));
  }

  private static Endpoint endpoint(String address, int port) {
    return Endpoint.builder().address(address).port(port).build();
  }
}
