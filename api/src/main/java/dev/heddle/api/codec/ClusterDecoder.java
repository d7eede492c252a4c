package dev.heddle.api.codec;

import static dev.heddle.api.codec.Collections8.copy;
import static dev.heddle.api.codec.Collections8.list;

import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.Warmup;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;

/**
 * Turns cluster messages into the values of policy; IllegalArgumentException where an enum is
 * unknown.
 */
public final class ClusterDecoder {

  private ClusterDecoder() {}

  static ConsistentHash decode(dev.heddle.api.v1.ConsistentHash m) {
    return ConsistentHash.builder()
        .algorithm(Enums.same(ConsistentHash.Algorithm.class, m.getAlgorithm()))
        .tableSize(m.getTableSize())
        .source(Enums.same(ConsistentHash.Source.class, m.getSource()))
        .name(m.getName())
        .cookiePath(m.getCookiePath())
        .cookieTtlNanos(m.getCookieTtlNanos())
        .build();
  }

  static Warmup decode(dev.heddle.api.v1.Warmup m) {
    return Warmup.of(m.getDurationNanos(), m.getMinimumPercent(), m.getAggression());
  }

  static LoadBalancer decode(dev.heddle.api.v1.LoadBalancer m) {
    return LoadBalancer.of(
        Enums.same(LoadBalancer.Kind.class, m.getKind()),
        m.hasConsistentHash() ? decode(m.getConsistentHash()) : null,
        m.hasWarmup() ? decode(m.getWarmup()) : null);
  }

  static Endpoint decode(dev.heddle.api.v1.Endpoint m) {
    return Endpoint.builder()
        .address(m.getAddress())
        .port(m.getPort())
        .labels(copy(m.getLabelsMap()))
        .weight(m.getWeight())
        .locality(m.getLocality())
        .health(Enums.same(Endpoint.Health.class, m.getHealth()))
        .meshTls(m.getMeshTls())
        .identities(copy(m.getIdentitiesList()))
        .build();
  }

  static OutlierDetection decode(dev.heddle.api.v1.OutlierDetection m) {
    return OutlierDetection.builder()
        .consecutive5xx(m.getConsecutive5Xx())
        .consecutiveGatewayErrors(m.getConsecutiveGatewayErrors())
        .splitLocalOriginErrors(m.getSplitLocalOriginErrors())
        .consecutiveLocalOriginFailures(m.getConsecutiveLocalOriginFailures())
        .intervalNanos(m.getIntervalNanos())
        .baseEjectionNanos(m.getBaseEjectionNanos())
        .maxEjectionPercent(m.getMaxEjectionPercent())
        .minHealthPercent(m.getMinHealthPercent())
        .build();
  }

  static ConnectionPool decode(dev.heddle.api.v1.ConnectionPool m) {
    return ConnectionPool.builder()
        .maxConnections(m.getMaxConnections())
        .connectTimeoutNanos(m.getConnectTimeoutNanos())
        .maxPendingRequests(m.getMaxPendingRequests())
        .maxRequests(m.getMaxRequests())
        .maxRetries(m.getMaxRetries())
        .maxRequestsPerConnection(m.getMaxRequestsPerConnection())
        .idleTimeoutNanos(m.getIdleTimeoutNanos())
        .build();
  }

  static ClientTls decode(dev.heddle.api.v1.ClientTls m) {
    return ClientTls.builder()
        .mode(Enums.same(ClientTls.Mode.class, m.getMode()))
        .sni(m.getSni())
        .subjectAltNames(copy(m.getSubjectAltNamesList()))
        .caCertificates(m.getCaCertificates())
        .clientCertificate(m.getClientCertificate())
        .privateKey(m.getPrivateKey())
        .insecureSkipVerify(m.getInsecureSkipVerify())
        .build();
  }

  static Cluster decode(dev.heddle.api.v1.Cluster m) {
    return Cluster.builder()
        .destination(RouteDecoder.decode(m.getDestination()))
        .subsetLabels(copy(m.getSubsetLabelsMap()))
        .resolution(Enums.same(Cluster.Resolution.class, m.getResolution()))
        .loadBalancer(decode(m.getLoadBalancer()))
        .outlierDetection(m.hasOutlierDetection() ? decode(m.getOutlierDetection()) : null)
        .connectionPool(decode(m.getConnectionPool()))
        .tls(m.hasTls() ? decode(m.getTls()) : null)
        .build();
  }

  public static HostRoutes decode(dev.heddle.api.v1.Routes m) {
    return HostRoutes.of(
        m.getHost(),
        m.getPort(),
        m.getOpaque(),
        list(m.getRoutesList(), RouteDecoder::decode),
        list(m.getTcpRoutesList(), TcpRouteCodec::decode),
        list(m.getClustersList(), ClusterDecoder::decode));
  }

  public static HostEndpoints decode(dev.heddle.api.v1.Endpoints m) {
    return HostEndpoints.of(
        m.getHost(), m.getPort(), list(m.getEndpointsList(), ClusterDecoder::decode));
  }
}
