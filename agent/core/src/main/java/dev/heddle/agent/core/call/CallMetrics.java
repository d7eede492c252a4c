package dev.heddle.agent.core.call;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the agent counts of calls, for the admin page {@code /metrics}. */
public final class CallMetrics {

  private final LongAdder calls = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder droppedHeaders = new LongAdder();
  private final LongAdder mirrors = new LongAdder();
  private final LongAdder mirrorsDropped = new LongAdder();
  private final LongAdder agentFailures = new LongAdder();
  private final Map<String, LongAdder> localReplies = new ConcurrentHashMap<>();

  void call() {
    calls.increment();
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

  void localReply(String reason) {
    localReplies.computeIfAbsent(reason, r -> new LongAdder()).increment();
  }

  /** A header of an incoming request is not handed on, for it is too long or not plain text. */
  public void contextHeaderDropped() {
    droppedHeaders.increment();
  }

  /** The agent itself failed; the call went on without it, or ended with the failure. */
  public void agentFailed() {
    agentFailures.increment();
  }

  /** In Prometheus' text format. */
  public String text() {
    StringBuilder text = new StringBuilder(512);
    counter(text, "heddle_calls_total", "Calls that a route decided on", "", calls.sum());
    counter(text, "heddle_retries_total", "Attempts behind the first", "", retries.sum());
    counter(text, "heddle_mirrors_total", "Copies of requests begun", "", mirrors.sum());
    counter(
        text,
        "heddle_mirrors_dropped_total",
        "Copies that failed, or were not sent because too many were under way",
        "",
        mirrorsDropped.sum());
    counter(
        text,
        "heddle_agent_failures_total",
        "Calls left alone, or ended, because the agent itself failed",
        "",
        agentFailures.sum());
    counter(
        text,
        "heddle_context_headers_dropped_total",
        "Headers of incoming requests not handed on: too long or not plain text",
        "",
        droppedHeaders.sum());
    text.append("# HELP heddle_local_replies_total Answers given by the mesh itself\n");
    text.append("# TYPE heddle_local_replies_total counter\n");
    new TreeMap<>(localReplies)
        .forEach(
            (reason, count) ->
                text.append("heddle_local_replies_total{reason=\"")
                    .append(reason)
                    .append("\"} ")
                    .append(count.sum())
                    .append('\n'));
    return text.toString();
  }

  private static void counter(
      StringBuilder text, String name, String help, String labels, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" counter\n");
    text.append(name).append(labels).append(' ').append(value).append('\n');
  }
}
