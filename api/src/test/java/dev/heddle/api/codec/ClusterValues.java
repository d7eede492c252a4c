package dev.heddle.api.codec;

import static dev.heddle.api.codec.Texts.map;
import static dev.heddle.api.codec.Texts.text;
import static dev.heddle.api.codec.Texts.texts;

import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.Warmup;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.snapshot.Cluster;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Any cluster and endpoint that the types of policy can hold. */
final class ClusterValues {

  private static final double ABSENT = 0.2;

  private ClusterValues() {}

  private static Arbitrary<ConsistentHash> hash() {
    return Builders.withBuilder(ConsistentHash::builder)
        .use(Arbitraries.of(ConsistentHash.Algorithm.class))
        .in(ConsistentHash.Builder::algorithm)
        .use(Arbitraries.longs())
        .in(ConsistentHash.Builder::tableSize)
        .use(Arbitraries.of(ConsistentHash.Source.class))
        .in(ConsistentHash.Builder::source)
        .use(text())
        .in(ConsistentHash.Builder::name)
        .use(text())
        .in(ConsistentHash.Builder::cookiePath)
        .use(Arbitraries.longs())
        .in(ConsistentHash.Builder::cookieTtlNanos)
        .build(ConsistentHash.Builder::build);
  }

  private static Arbitrary<Warmup> warmup() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.doubles(), Arbitraries.doubles())
        .as(Warmup::of);
  }

  private static Arbitrary<LoadBalancer> balancer() {
    return Combinators.combine(
            Arbitraries.of(LoadBalancer.Kind.class),
            hash().injectNull(ABSENT),
            warmup().injectNull(ABSENT))
        .as(LoadBalancer::of);
  }

  private static Arbitrary<OutlierDetection> outlier() {
    return Builders.withBuilder(OutlierDetection::builder)
        .use(Arbitraries.integers())
        .in(OutlierDetection.Builder::consecutive5xx)
        .use(Arbitraries.integers())
        .in(OutlierDetection.Builder::consecutiveGatewayErrors)
        .use(Arbitraries.of(true, false))
        .in(OutlierDetection.Builder::splitLocalOriginErrors)
        .use(Arbitraries.integers())
        .in(OutlierDetection.Builder::consecutiveLocalOriginFailures)
        .use(Arbitraries.longs())
        .in(OutlierDetection.Builder::intervalNanos)
        .use(Arbitraries.longs())
        .in(OutlierDetection.Builder::baseEjectionNanos)
        .use(Arbitraries.integers())
        .in(OutlierDetection.Builder::maxEjectionPercent)
        .use(Arbitraries.integers())
        .in(OutlierDetection.Builder::minHealthPercent)
        .build(OutlierDetection.Builder::build);
  }

  private static Arbitrary<ConnectionPool> pool() {
    return Builders.withBuilder(ConnectionPool::builder)
        .use(Arbitraries.integers())
        .in(ConnectionPool.Builder::maxConnections)
        .use(Arbitraries.longs())
        .in(ConnectionPool.Builder::connectTimeoutNanos)
        .use(Arbitraries.integers())
        .in(ConnectionPool.Builder::maxPendingRequests)
        .use(Arbitraries.integers())
        .in(ConnectionPool.Builder::maxRequests)
        .use(Arbitraries.integers())
        .in(ConnectionPool.Builder::maxRetries)
        .use(Arbitraries.integers())
        .in(ConnectionPool.Builder::maxRequestsPerConnection)
        .use(Arbitraries.longs())
        .in(ConnectionPool.Builder::idleTimeoutNanos)
        .build(ConnectionPool.Builder::build);
  }

  private static Arbitrary<ClientTls> tls() {
    return Builders.withBuilder(ClientTls::builder)
        .use(Arbitraries.of(ClientTls.Mode.class))
        .in(ClientTls.Builder::mode)
        .use(text())
        .in(ClientTls.Builder::sni)
        .use(texts())
        .in(ClientTls.Builder::subjectAltNames)
        .use(text())
        .in(ClientTls.Builder::caCertificates)
        .use(text())
        .in(ClientTls.Builder::clientCertificate)
        .use(text())
        .in(ClientTls.Builder::privateKey)
        .use(Arbitraries.of(true, false))
        .in(ClientTls.Builder::insecureSkipVerify)
        .build(ClientTls.Builder::build);
  }

  static Arbitrary<Cluster> cluster() {
    return Builders.withBuilder(Cluster::builder)
        .use(RouteValues.destination())
        .in(Cluster.Builder::destination)
        .use(map())
        .in(Cluster.Builder::subsetLabels)
        .use(Arbitraries.of(Cluster.Resolution.class))
        .in(Cluster.Builder::resolution)
        .use(balancer())
        .in(Cluster.Builder::loadBalancer)
        .use(outlier().injectNull(ABSENT))
        .in(Cluster.Builder::outlierDetection)
        .use(pool())
        .in(Cluster.Builder::connectionPool)
        .use(tls().injectNull(ABSENT))
        .in(Cluster.Builder::tls)
        .build(Cluster.Builder::build);
  }

  static Arbitrary<Endpoint> endpoint() {
    return Builders.withBuilder(Endpoint::builder)
        .use(text())
        .in(Endpoint.Builder::address)
        .use(Arbitraries.integers())
        .in(Endpoint.Builder::port)
        .use(map())
        .in(Endpoint.Builder::labels)
        .use(Arbitraries.integers())
        .in(Endpoint.Builder::weight)
        .use(text())
        .in(Endpoint.Builder::locality)
        .use(Arbitraries.of(Endpoint.Health.class))
        .in(Endpoint.Builder::health)
        .use(Arbitraries.of(true, false))
        .in(Endpoint.Builder::meshTls)
        .use(texts())
        .in(Endpoint.Builder::identities)
        .build(Endpoint.Builder::build);
  }
}
