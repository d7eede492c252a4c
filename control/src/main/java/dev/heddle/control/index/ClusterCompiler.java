package dev.heddle.control.index;

import dev.heddle.policy.balance.ConsistentHash;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.Warmup;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.destinationrule.ConsistentHashRule;
import dev.heddle.rules.destinationrule.CookieRule;
import dev.heddle.rules.destinationrule.HttpPoolRule;
import dev.heddle.rules.destinationrule.LoadBalancerRule;
import dev.heddle.rules.destinationrule.OutlierRule;
import dev.heddle.rules.destinationrule.SimpleBalancer;
import dev.heddle.rules.destinationrule.Subset;
import dev.heddle.rules.destinationrule.TcpPoolRule;
import dev.heddle.rules.destinationrule.TlsRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A destination and what the DestinationRules say of it, with Istio's defaults filled in. */
final class ClusterCompiler {

  private static final int DEFAULT_RING_SIZE = 1024;
  private static final int DEFAULT_MAGLEV_SIZE = 65_537;
  private static final long SECOND = 1_000_000_000L;

  /** Istio: {@code MeshConfig.connectTimeout}. */
  private static final long DEFAULT_CONNECT_TIMEOUT = 10 * SECOND;

  /** A subset that no rule defines can hold no endpoint: no label has this name. */
  private static final Map<String, String> NO_SUCH_SUBSET = Map.of("heddle.dev/no-such-subset", "");

  private ClusterCompiler() {}

  static Cluster cluster(
      Destination destination, Cluster.Resolution resolution, @Nullable DestinationRule rule) {
    Optional<Subset> subset =
        rule == null
            ? Optional.empty()
            : rule.spec().subsets().stream()
                .filter(s -> destination.subset().equals(s.name()))
                .findFirst();
    EffectivePolicy policy = EffectivePolicy.of(rule, subset.orElse(null), destination.port());
    Map<String, String> labels =
        destination.subset().isEmpty()
            ? Map.of()
            : subset.map(Subset::labels).orElse(NO_SUCH_SUBSET);
    LoadBalancer balancer = balancer(policy.loadBalancer());
    boolean passes =
        resolution == Cluster.Resolution.PASSTHROUGH
            || balancer.kind() == LoadBalancer.Kind.PASSTHROUGH;
    return Cluster.builder()
        .destination(destination)
        .subsetLabels(labels)
        .resolution(passes ? Cluster.Resolution.PASSTHROUGH : resolution)
        .loadBalancer(balancer)
        .outlierDetection(outlier(policy.outlierDetection()))
        .connectionPool(pool(policy.connectionPool()))
        .tls(tls(policy.tls()))
        .build();
  }

  private static LoadBalancer balancer(@Nullable LoadBalancerRule rule) {
    if (rule == null) {
      return LoadBalancer.LEAST_REQUEST;
    }
    Warmup warmup = warmup(rule);
    if (rule.consistentHash() != null) {
      return LoadBalancer.of(
          LoadBalancer.Kind.CONSISTENT_HASH, consistentHash(rule.consistentHash()), null);
    }
    SimpleBalancer simple = rule.simple() == null ? SimpleBalancer.UNSPECIFIED : rule.simple();
    LoadBalancer.Kind kind =
        switch (simple) {
          case UNSPECIFIED, LEAST_CONN, LEAST_REQUEST -> LoadBalancer.Kind.LEAST_REQUEST;
          case RANDOM -> LoadBalancer.Kind.RANDOM;
          case ROUND_ROBIN -> LoadBalancer.Kind.ROUND_ROBIN;
          case PASSTHROUGH -> LoadBalancer.Kind.PASSTHROUGH;
        };
    return LoadBalancer.of(kind, null, warmup);
  }

  private static @Nullable Warmup warmup(LoadBalancerRule rule) {
    if (rule.warmup() != null && rule.warmup().duration() != null) {
      Double minimum = rule.warmup().minimumPercent();
      Double aggression = rule.warmup().aggression();
      return Warmup.of(
          rule.warmup().duration().nanos(),
          minimum == null ? 10 : minimum,
          aggression == null ? 1 : aggression);
    }
    return rule.warmupDurationSecs() == null
        ? null
        : Warmup.of(rule.warmupDurationSecs().nanos(), 10, 1);
  }

  private static ConsistentHash consistentHash(ConsistentHashRule rule) {
    ConsistentHash.Builder hash = ConsistentHash.builder();
    if (rule.httpHeaderName() != null) {
      String name = rule.httpHeaderName().toLowerCase(Locale.ROOT);
      hash.source(ConsistentHash.Source.HEADER).name(name);
    } else if (rule.httpCookie() != null) {
      cookie(rule.httpCookie(), hash);
    } else if (rule.httpQueryParameterName() != null) {
      hash.source(ConsistentHash.Source.QUERY_PARAMETER).name(rule.httpQueryParameterName());
    } else {
      hash.source(ConsistentHash.Source.SOURCE_IP);
    }
    if (rule.maglev() != null) {
      Long size = rule.maglev().tableSize();
      return hash.algorithm(ConsistentHash.Algorithm.MAGLEV)
          .tableSize(size == null || size == 0 ? DEFAULT_MAGLEV_SIZE : size)
          .build();
    }
    Long size =
        rule.ringHash() == null ? rule.minimumRingSize() : rule.ringHash().minimumRingSize();
    return hash.algorithm(ConsistentHash.Algorithm.RING_HASH)
        .tableSize(size == null || size == 0 ? DEFAULT_RING_SIZE : size)
        .build();
  }

  /** Istio: a cookie with a ttl is given to callers without one; 0 makes it a session cookie. */
  private static void cookie(CookieRule cookie, ConsistentHash.Builder hash) {
    hash.source(ConsistentHash.Source.COOKIE)
        .name(cookie.name() == null ? "" : cookie.name())
        .cookiePath(cookie.path() == null ? "" : cookie.path())
        .cookieTtlNanos(cookie.ttl() == null ? -1 : cookie.ttl().nanos());
  }

  private static @Nullable OutlierDetection outlier(@Nullable OutlierRule rule) {
    if (rule == null) {
      return null;
    }
    Long any = rule.consecutive5xxErrors();
    Long gateway = rule.consecutiveGatewayErrors();
    Long local = rule.consecutiveLocalOriginFailures();
    Integer old = rule.consecutiveErrors();
    return OutlierDetection.builder()
        .consecutive5xx(any == null ? 5 : Math.toIntExact(any))
        .consecutiveGatewayErrors(
            gateway == null ? (old == null ? 0 : old) : Math.toIntExact(gateway))
        .splitLocalOriginErrors(Boolean.TRUE.equals(rule.splitExternalLocalOriginErrors()))
        .consecutiveLocalOriginFailures(local == null ? 5 : Math.toIntExact(local))
        .intervalNanos(rule.interval() == null ? 10 * SECOND : rule.interval().nanos())
        .baseEjectionNanos(
            rule.baseEjectionTime() == null ? 30 * SECOND : rule.baseEjectionTime().nanos())
        .maxEjectionPercent(rule.maxEjectionPercent() == null ? 10 : rule.maxEjectionPercent())
        .minHealthPercent(rule.minHealthPercent() == null ? 0 : rule.minHealthPercent())
        .build();
  }

  private static ConnectionPool pool(@Nullable ConnectionPoolRule rule) {
    ConnectionPool.Builder pool =
        ConnectionPool.builder().connectTimeoutNanos(DEFAULT_CONNECT_TIMEOUT);
    if (rule != null && rule.tcp() != null) {
      tcp(rule.tcp(), pool);
    }
    if (rule != null && rule.http() != null) {
      http(rule.http(), pool);
    }
    return pool.build();
  }

  private static void tcp(TcpPoolRule rule, ConnectionPool.Builder pool) {
    pool.maxConnections(orZero(rule.maxConnections()));
    if (rule.connectTimeout() != null) {
      pool.connectTimeoutNanos(rule.connectTimeout().nanos());
    }
    if (rule.idleTimeout() != null) {
      pool.idleTimeoutNanos(rule.idleTimeout().nanos());
    }
  }

  /** Behind tcp: its idle time goes before that of the connection below, as in Istio. */
  private static void http(HttpPoolRule rule, ConnectionPool.Builder pool) {
    pool.maxPendingRequests(orZero(rule.http1MaxPendingRequests()))
        .maxRequests(orZero(rule.http2MaxRequests()))
        .maxRequestsPerConnection(orZero(rule.maxRequestsPerConnection()))
        .maxRetries(rule.maxRetries() == null ? -1 : rule.maxRetries());
    if (rule.idleTimeout() != null) {
      pool.idleTimeoutNanos(rule.idleTimeout().nanos());
    }
  }

  private static int orZero(@Nullable Integer limit) {
    return limit == null ? 0 : limit;
  }

  private static @Nullable ClientTls tls(@Nullable TlsRule rule) {
    return rule == null || rule.mode() == null
        ? null
        : ClientTls.builder()
            .mode(ClientTls.Mode.valueOf(rule.mode().name()))
            .sni(orEmpty(rule.sni()))
            .subjectAltNames(rule.subjectAltNames() == null ? List.of() : rule.subjectAltNames())
            .caCertificates(orEmpty(rule.caCertificates()))
            .clientCertificate(orEmpty(rule.clientCertificate()))
            .privateKey(orEmpty(rule.privateKey()))
            .insecureSkipVerify(Boolean.TRUE.equals(rule.insecureSkipVerify()))
            .build();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
