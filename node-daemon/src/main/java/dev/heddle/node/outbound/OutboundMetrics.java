package dev.heddle.node.outbound;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What was served since the start. Safe for all threads. */
public final class OutboundMetrics {

  private final LongAdder calls = new LongAdder();
  private final LongAdder passedThrough = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder mirrors = new LongAdder();
  private final LongAdder mirrorsDropped = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final LongAdder tcpConnections = new LongAdder();
  private final ConcurrentMap<String, LongAdder> localReplies = new ConcurrentHashMap<>();

  void call() {
    calls.increment();
  }

  void passedThrough() {
    passedThrough.increment();
  }

  void retry() {
    retries.increment();
  }

  void mirror() {
    mirrors.increment();
  }

  void mirrorDropped() {
    mirrorsDropped.increment();
  }

  void refusedRequest() {
    refusedRequests.increment();
  }

  void tcpConnection() {
    tcpConnections.increment();
  }

  /** Reasons are constants of policy and of this package, so there are few. */
  void localReply(String reason) {
    localReplies.computeIfAbsent(reason, r -> new LongAdder()).increment();
  }

  /** Calls that a route decided on. */
  public long calls() {
    return calls.sum();
  }

  /** Requests to hosts that the mesh does not know. */
  public long requestsPassedThrough() {
    return passedThrough.sum();
  }

  /** Attempts after the first of a call. */
  public long retries() {
    return retries.sum();
  }

  /** Copies sent. */
  public long mirrors() {
    return mirrors.sum();
  }

  /** Copies that were not sent: too many under way, or a body too long to keep. */
  public long mirrorsDropped() {
    return mirrorsDropped.sum();
  }

  /** Requests refused as they stood. */
  public long refusedRequests() {
    return refusedRequests.sum();
  }

  /** Connections whose bytes were not looked at. */
  public long tcpConnections() {
    return tcpConnections.sum();
  }

  /** Answers of the mesh itself, by their reason. */
  public Map<String, Long> localReplies() {
    Map<String, Long> sums = new TreeMap<>();
    localReplies.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }
}
