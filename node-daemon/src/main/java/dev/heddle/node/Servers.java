package dev.heddle.node;

import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.node.admin.Counters;
import dev.heddle.node.dns.DnsServer;
import dev.heddle.node.inbound.AuthorizationCounts;
import dev.heddle.node.inbound.InboundCounts;
import dev.heddle.node.inbound.InboundServer;
import dev.heddle.node.outbound.OutboundMetrics;
import dev.heddle.node.outbound.OutboundServer;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.pod.QueryServer;
import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.tls.TlsCounts;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.JdkNameResolver;
import dev.heddle.node.upstream.MeshChannels;
import dev.heddle.node.upstream.Originations;
import dev.heddle.policy.balance.RandomSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both directions of captured connections, and what they share. */
final class Servers implements AutoCloseable {

  private static final Logger AUTHORIZATION = LoggerFactory.getLogger("heddle.node.authorization");

  private static final List<String> BY_RULE = List.of("workload", "reason", "policy", "rule");

  private final MeshTls tls = MeshTls.create();
  private final JdkNameResolver names = new JdkNameResolver();
  private final @Nullable AccessLog accessLog;
  private final OutboundServer outbound;
  private final InboundServer inbound;
  private final DnsServer dns = new DnsServer();

  /**
   * @param rulesFiles below which DestinationRules may name files of TLS
   * @param accessLog null: off
   */
  Servers(RandomSource random, Path rulesFiles, @Nullable AccessLog accessLog) {
    this.accessLog = accessLog;
    outbound =
        new OutboundServer(
            new Connector(
                names, new MeshChannels(tls, new Originations(rulesFiles, System::nanoTime))),
            random,
            System::nanoTime);
    inbound =
        new InboundServer(
            tls, System::nanoTime, System::currentTimeMillis, AUTHORIZATION::info, accessLog);
  }

  /** Whose TLS it is, for people. */
  String tlsLibrary() {
    return tls.library();
  }

  ConnectionServer outbound() {
    return outbound;
  }

  ConnectionServer inbound() {
    return inbound;
  }

  QueryServer queries() {
    return dns;
  }

  /** A pod has left. */
  void forget(Pod pod) {
    outbound.forget(pod);
  }

  /** The last pod of a workload has left. */
  void forget(MeshWorkload workload) {
    outbound.forget(workload);
    inbound.forget(workload);
    tls.forget(workload);
  }

  void register(Counters counters) {
    OutboundMetrics out = outbound.metrics();
    counters.add("heddle_node_calls", "Calls of pods that a route decided on", out::calls);
    counters.add(
        "heddle_node_calls_passed_through",
        "Requests of pods to hosts that the mesh does not know",
        out::requestsPassedThrough);
    counters.add("heddle_node_retries", "Attempts after the first of a call", out::retries);
    counters.add("heddle_node_mirrors", "Copies of requests that were sent", out::mirrors);
    counters.add(
        "heddle_node_requests_refused",
        "Requests of pods that are refused as they stand",
        out::refusedRequests);
    counters.add(
        "heddle_node_tcp_connections",
        "Connections of pods whose bytes were not looked at",
        out::tcpConnections);
    counters.add(
        "heddle_node_local_replies",
        "Answers of the mesh itself to calls of pods",
        "reason",
        out::localReplies);
    counters.add(
        "heddle_node_inbound",
        "What came to pods, by what became of it",
        "event",
        this::inboundEvents);
    counters.add(
        "heddle_node_access_log_dropped",
        "Lines of the access log that were not written",
        () -> accessLog == null ? 0 : accessLog.dropped());
    registerAuthorization(counters, inbound.authorization());
    counters.add("heddle_node_dns_queries", "DNS queries of pods", "result", this::queriesByEnd);
    counters.add(
        "heddle_node_tls_handshakes", "Handshakes of mesh TLS", "result", this::handshakes);
  }

  /** By the names that the agent has for them. */
  private static void registerAuthorization(Counters counters, AuthorizationCounts decided) {
    counters.add(
        "heddle_authorization_allowed",
        "Requests, and connections without requests, that policies let in",
        List.of("workload"),
        decided::allowed);
    counters.add(
        "heddle_authorization_denied", "Those that policies refused", BY_RULE, decided::denied);
    counters.add(
        "heddle_authorization_unauthenticated",
        "Requests refused because no rule believes their tokens",
        List.of("workload"),
        decided::unauthenticated);
    counters.add(
        "heddle_authorization_audited",
        "Matches of rules of action AUDIT",
        BY_RULE,
        decided::audited);
    counters.add(
        "heddle_authorization_dry_run",
        "What the policies that are only tried out would have decided",
        BY_RULE,
        decided::dryRun);
  }

  private Map<String, Long> queriesByEnd() {
    return Map.of(
        "mesh", dns.counts().mesh(),
        "answered", dns.counts().answered(),
        "unanswered", dns.counts().unanswered(),
        "dropped", dns.counts().dropped());
  }

  private Map<String, Long> inboundEvents() {
    Map<String, Long> events = new TreeMap<>();
    for (InboundCounts.Event event : InboundCounts.Event.values()) {
      events.put(event.name().toLowerCase(Locale.ROOT), inbound.counts().of(event));
    }
    return events;
  }

  private Map<String, Long> handshakes() {
    Map<String, Long> results = new TreeMap<>();
    results.put("full", tls.counts().full());
    results.put("resumed", tls.counts().resumed());
    for (TlsCounts.Failure failure : TlsCounts.Failure.values()) {
      results.put(
          "failed_" + failure.name().toLowerCase(Locale.ROOT), tls.counts().failed(failure));
    }
    return results;
  }

  @Override
  public void close() {
    names.close();
    if (accessLog != null) {
      accessLog.close();
    }
  }
}
