package dev.heddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Internal;
import dev.heddle.api.v1.AttributeMatch;
import dev.heddle.api.v1.AuthorizationPolicy;
import dev.heddle.api.v1.Cluster;
import dev.heddle.api.v1.Endpoint;
import dev.heddle.api.v1.Endpoints;
import dev.heddle.api.v1.HttpRoute;
import dev.heddle.api.v1.RetryPolicy;
import dev.heddle.api.v1.Routes;
import dev.heddle.api.v1.Workload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.StringMatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class UnknownEnumTest {

  private static final int UNKNOWN = 99;

  @TestFactory
  Stream<DynamicTest> anEnumHasTheSameConstantsOnTheWireAndInPolicy() {
    return Stream.of(
        same(StringMatch.Kind.class, dev.heddle.api.v1.StringMatch.Kind.class),
        same(Redirect.PortSource.class, dev.heddle.api.v1.Redirect.PortSource.class),
        same(dev.heddle.policy.retry.RetryPolicy.Condition.class, RetryPolicy.Condition.class),
        same(ConsistentHash.Algorithm.class, dev.heddle.api.v1.ConsistentHash.Algorithm.class),
        same(ConsistentHash.Source.class, dev.heddle.api.v1.ConsistentHash.Source.class),
        same(LoadBalancer.Kind.class, dev.heddle.api.v1.LoadBalancer.Kind.class),
        same(dev.heddle.policy.balance.Endpoint.Health.class, Endpoint.Health.class),
        same(ClientTls.Mode.class, dev.heddle.api.v1.ClientTls.Mode.class),
        same(dev.heddle.policy.snapshot.Cluster.Resolution.class, Cluster.Resolution.class),
        same(Attribute.class, AttributeMatch.Attribute.class),
        same(MutualTlsMode.class, Workload.MutualTlsMode.class),
        same(
            dev.heddle.policy.authz.AuthorizationPolicy.Action.class,
            AuthorizationPolicy.Action.class));
  }

  private static <M extends Enum<M> & Internal.EnumLite> DynamicTest same(
      Class<? extends Enum<?>> policy, Class<M> wire) {
    return DynamicTest.dynamicTest(
        wire.getName(),
        () -> {
          List<String> onTheWire =
              Arrays.stream(wire.getEnumConstants())
                  .map(Enum::name)
                  .filter(name -> !name.equals("UNRECOGNIZED"))
                  .collect(Collectors.toList());

          assertThat(policy.getEnumConstants()).extracting(Enum::name).isEqualTo(onTheWire);
        });
  }

  @Test
  void aConstantOfALaterVersionIsRefusedWithTheOnesThatAreKnown() {
    Endpoints later =
        Endpoints.newBuilder().addEndpoints(Endpoint.newBuilder().setHealthValue(UNKNOWN)).build();

    assertThatThrownBy(() -> ClusterDecoder.decode(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Endpoint.Health has a value that this version does not know (expected: one of"
                + " [HEALTHY, UNHEALTHY, DRAINING])");
  }

  @Test
  void aConstantOfALaterVersionInAListIsRefusedToo() {
    Routes later =
        Routes.newBuilder()
            .addRoutes(
                HttpRoute.newBuilder().setRetry(RetryPolicy.newBuilder().addRetryOnValue(UNKNOWN)))
            .build();

    assertThatThrownBy(() -> ClusterDecoder.decode(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("RetryPolicy.Condition has a value that this version does not know")
        .hasMessageContaining("CONNECT_FAILURE");
  }
}
