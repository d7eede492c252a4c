package dev.heddle.control.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.balance.Endpoint;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPortTest {

  private static final String POD =
      """
      {apiVersion: v1, kind: Pod, metadata: {name: reviews-1, labels: {app: reviews}},
       spec: {containers: [{name: main, ports: [{name: web, containerPort: 8081}]}]},
       status: {podIP: 10.0.0.1}}""";

  private static List<Integer> ports(String port) {
    String service =
        "{apiVersion: v1, kind: Service, metadata: {name: reviews}, spec: {selector: {app: reviews}, ports: [%s]}}"
            .formatted(port);
    MeshIndex index = new MeshIndex(YamlState.of(service, POD));
    return Objects.requireNonNull(
            index.endpoints("default", "reviews.default.svc.cluster.local", 9080))
        .endpoints()
        .stream()
        .map(Endpoint::port)
        .toList();
  }

  @Test
  void aPodWithoutAPortOfThatNameIsNoEndpoint() {
    assertThat(ports("{port: 9080, targetPort: unknown}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{port: 9080, targetPort: 8080} | 8080",
        "{port: 9080, targetPort: web} | 8081",
        "{port: 9080} | 9080"
      })
  void theTargetPortOfAServiceIsItsEndpointsPort(String port, int expected) {
    assertThat(ports(port)).containsExactly(expected);
  }
}
