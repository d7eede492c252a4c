package dev.heddle.rules;

import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.destinationrule.ConsistentHashRule;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.destinationrule.HttpPoolRule;
import dev.heddle.rules.destinationrule.LoadBalancerRule;
import dev.heddle.rules.destinationrule.OutlierRule;
import dev.heddle.rules.destinationrule.PortTrafficPolicy;
import dev.heddle.rules.destinationrule.Subset;
import dev.heddle.rules.destinationrule.TcpPoolRule;
import dev.heddle.rules.destinationrule.TlsMode;
import dev.heddle.rules.destinationrule.TlsRule;
import dev.heddle.rules.destinationrule.TrafficPolicy;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Istio's validation refuses of a DestinationRule. */
final class DestinationRuleValidator {

  private DestinationRuleValidator() {}

  static void check(DestinationRuleSpec rule, Spot spec) {
    spec.at("host").needs(rule.host(), "the host it is about");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rule.subsets().size(); i++) {
      Subset subset = rule.subsets().get(i);
      Spot spot = spec.at("subsets", i);
      spot.at("name").needs(subset.name(), "the subset's name");
      if (subset.name() != null && !names.add(subset.name())) {
        spot.at("name").wrong("is " + subset.name() + ", as another subset's");
      }
      policy(subset.trafficPolicy(), spot.at("trafficPolicy"));
    }
    policy(rule.trafficPolicy(), spec.at("trafficPolicy"));
  }

  private static void policy(@Nullable TrafficPolicy policy, Spot spot) {
    if (policy == null) {
      return;
    }
    outlier(policy.outlierDetection(), spot.at("outlierDetection"));
    balancer(policy.loadBalancer(), spot.at("loadBalancer"));
    pool(policy.connectionPool(), spot.at("connectionPool"));
    tls(policy.tls(), spot.at("tls"));
    for (int i = 0; i < policy.portLevelSettings().size(); i++) {
      PortTrafficPolicy port = policy.portLevelSettings().get(i);
      Spot at = spot.at("portLevelSettings", i);
      at.at("port", "number").port(port.port() == null ? null : port.port().number());
      outlier(port.outlierDetection(), at.at("outlierDetection"));
      balancer(port.loadBalancer(), at.at("loadBalancer"));
      pool(port.connectionPool(), at.at("connectionPool"));
      tls(port.tls(), at.at("tls"));
    }
  }

  private static void outlier(@Nullable OutlierRule outlier, Spot spot) {
    if (outlier != null) {
      spot.at("maxEjectionPercent").between(outlier.maxEjectionPercent(), 0, 100);
      spot.at("minHealthPercent").between(outlier.minHealthPercent(), 0, 100);
      spot.at("interval").duration(outlier.interval(), false);
      spot.at("baseEjectionTime").duration(outlier.baseEjectionTime(), false);
    }
  }

  private static void balancer(@Nullable LoadBalancerRule balancer, Spot spot) {
    ConsistentHashRule hash = balancer == null ? null : balancer.consistentHash();
    if (hash != null
        && hash.httpHeaderName() == null
        && hash.httpCookie() == null
        && hash.useSourceIp() == null
        && hash.httpQueryParameterName() == null) {
      spot.at("consistentHash")
          .wrong(
              "has no key (expected: httpHeaderName, httpCookie, useSourceIp or"
                  + " httpQueryParameterName)");
    }
  }

  private static void pool(@Nullable ConnectionPoolRule pool, Spot spot) {
    HttpPoolRule http = pool == null ? null : pool.http();
    if (http != null) {
      spot.at("http", "maxRequestsPerConnection").atLeastZero(http.maxRequestsPerConnection());
      spot.at("http", "idleTimeout").duration(http.idleTimeout(), true);
    }
    TcpPoolRule tcp = pool == null ? null : pool.tcp();
    if (tcp != null) {
      spot.at("tcp", "idleTimeout").duration(tcp.idleTimeout(), true);
    }
  }

  /** As Istio's validateTLS: files belong to the modes that use them. */
  private static void tls(@Nullable TlsRule tls, Spot spot) {
    if (tls == null) {
      return;
    }
    if (tls.mode() == TlsMode.MUTUAL && tls.credentialName() == null) {
      spot.at("clientCertificate").needs(tls.clientCertificate(), "a file; MUTUAL needs it");
      spot.at("privateKey").needs(tls.privateKey(), "a file; MUTUAL needs it");
    }
    boolean files =
        tls.clientCertificate() != null || tls.privateKey() != null || tls.caCertificates() != null;
    if (tls.mode() == TlsMode.ISTIO_MUTUAL && files) {
      spot.at("mode").wrong("is ISTIO_MUTUAL, whose certificates are the mesh's own");
    }
    if (files && tls.credentialName() != null) {
      spot.at("credentialName").wrong("excludes files of certificates, which are named too");
    }
  }
}
