package dev.heddle.api.codec;

import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.Warmup;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;

/** Turns the cluster values of policy into messages. */
public final class ClusterEncoder {

  private ClusterEncoder() {}

  static dev.heddle.api.v1.ConsistentHash encode(ConsistentHash v) {
    dev.heddle.api.v1.ConsistentHash.Builder m = dev.heddle.api.v1.ConsistentHash.newBuilder();
    m.setAlgorithm(dev.heddle.api.v1.ConsistentHash.Algorithm.valueOf(v.algorithm().name()));
    m.setTableSize(v.tableSize());
    m.setSource(dev.heddle.api.v1.ConsistentHash.Source.valueOf(v.source().name()));
    m.setName(v.name());
    m.setCookiePath(v.cookiePath());
    m.setCookieTtlNanos(v.cookieTtlNanos());
    return m.build();
  }

  static dev.heddle.api.v1.Warmup encode(Warmup v) {
    dev.heddle.api.v1.Warmup.Builder m = dev.heddle.api.v1.Warmup.newBuilder();
    m.setDurationNanos(v.durationNanos());
    m.setMinimumPercent(v.minimumPercent());
    m.setAggression(v.aggression());
    return m.build();
  }

  static dev.heddle.api.v1.LoadBalancer encode(LoadBalancer v) {
    dev.heddle.api.v1.LoadBalancer.Builder m = dev.heddle.api.v1.LoadBalancer.newBuilder();
    m.setKind(dev.heddle.api.v1.LoadBalancer.Kind.valueOf(v.kind().name()));
    if (v.consistentHash() != null) {
      m.setConsistentHash(encode(v.consistentHash()));
    }
    if (v.warmup() != null) {
      m.setWarmup(encode(v.warmup()));
    }
    return m.build();
  }

  static dev.heddle.api.v1.Endpoint encode(Endpoint v) {
    dev.heddle.api.v1.Endpoint.Builder m = dev.heddle.api.v1.Endpoint.newBuilder();
    m.setAddress(v.address());
    m.setPort(v.port());
    m.putAllLabels(v.labels());
    m.setWeight(v.weight());
    m.setLocality(v.locality());
    m.setHealth(dev.heddle.api.v1.Endpoint.Health.valueOf(v.health().name()));
    m.setMeshTls(v.meshTls());
    m.addAllIdentities(v.identities());
    return m.build();
  }

  static dev.heddle.api.v1.OutlierDetection encode(OutlierDetection v) {
    dev.heddle.api.v1.OutlierDetection.Builder m = dev.heddle.api.v1.OutlierDetection.newBuilder();
    m.setConsecutive5Xx(v.consecutive5xx());
    m.setConsecutiveGatewayErrors(v.consecutiveGatewayErrors());
    m.setSplitLocalOriginErrors(v.splitLocalOriginErrors());
    m.setConsecutiveLocalOriginFailures(v.consecutiveLocalOriginFailures());
    m.setIntervalNanos(v.intervalNanos());
    m.setBaseEjectionNanos(v.baseEjectionNanos());
    m.setMaxEjectionPercent(v.maxEjectionPercent());
    m.setMinHealthPercent(v.minHealthPercent());
    return m.build();
  }

  static dev.heddle.api.v1.ConnectionPool encode(ConnectionPool v) {
    dev.heddle.api.v1.ConnectionPool.Builder m = dev.heddle.api.v1.ConnectionPool.newBuilder();
    m.setMaxConnections(v.maxConnections());
    m.setConnectTimeoutNanos(v.connectTimeoutNanos());
    m.setMaxPendingRequests(v.maxPendingRequests());
    m.setMaxRequests(v.maxRequests());
    m.setMaxRetries(v.maxRetries());
    m.setMaxRequestsPerConnection(v.maxRequestsPerConnection());
    m.setIdleTimeoutNanos(v.idleTimeoutNanos());
    return m.build();
  }

  static dev.heddle.api.v1.ClientTls encode(ClientTls v) {
    dev.heddle.api.v1.ClientTls.Builder m = dev.heddle.api.v1.ClientTls.newBuilder();
    m.setMode(dev.heddle.api.v1.ClientTls.Mode.valueOf(v.mode().name()));
    m.setSni(v.sni());
    m.addAllSubjectAltNames(v.subjectAltNames());
    m.setCaCertificates(v.caCertificates());
    m.setClientCertificate(v.clientCertificate());
    m.setPrivateKey(v.privateKey());
    m.setInsecureSkipVerify(v.insecureSkipVerify());
    return m.build();
  }

  static dev.heddle.api.v1.Cluster encode(Cluster v) {
    dev.heddle.api.v1.Cluster.Builder m = dev.heddle.api.v1.Cluster.newBuilder();
    m.setDestination(RouteEncoder.encode(v.destination()));
    m.putAllSubsetLabels(v.subsetLabels());
    m.setResolution(dev.heddle.api.v1.Cluster.Resolution.valueOf(v.resolution().name()));
    m.setLoadBalancer(encode(v.loadBalancer()));
    if (v.outlierDetection() != null) {
      m.setOutlierDetection(encode(v.outlierDetection()));
    }
    m.setConnectionPool(encode(v.connectionPool()));
    if (v.tls() != null) {
      m.setTls(encode(v.tls()));
    }
    return m.build();
  }

  public static dev.heddle.api.v1.Routes encode(HostRoutes v) {
    dev.heddle.api.v1.Routes.Builder m = dev.heddle.api.v1.Routes.newBuilder();
    m.setHost(v.host());
    m.setPort(v.port());
    m.setOpaque(v.opaque());
    for (HttpRoute x : v.routes()) {
      m.addRoutes(RouteEncoder.encode(x));
    }
    for (TcpRoute x : v.tcpRoutes()) {
      m.addTcpRoutes(TcpRouteCodec.encode(x));
    }
    for (Cluster x : v.clusters()) {
      m.addClusters(encode(x));
    }
    return m.build();
  }

  public static dev.heddle.api.v1.Endpoints encode(HostEndpoints v) {
    dev.heddle.api.v1.Endpoints.Builder m = dev.heddle.api.v1.Endpoints.newBuilder();
    m.setHost(v.host());
    m.setPort(v.port());
    for (Endpoint x : v.endpoints()) {
      m.addEndpoints(encode(x));
    }
    return m.build();
  }
}
