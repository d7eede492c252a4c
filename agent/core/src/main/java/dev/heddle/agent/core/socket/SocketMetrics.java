package dev.heddle.agent.core.socket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of connections, counted since the start. */
public final class SocketMetrics {

  final LongAdder outbound = new LongAdder();
  final LongAdder inbound = new LongAdder();
  final LongAdder plaintext = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder denied = new LongAdder();
  final LongAdder unanswered = new LongAdder();

  /** Counts by the name of their metric. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("heddle_tls_outbound_connections_total", outbound.sum());
    counts.put("heddle_tls_inbound_connections_total", inbound.sum());
    counts.put("heddle_plaintext_inbound_connections_total", plaintext.sum());
    counts.put("heddle_tls_failed_connections_total", failed.sum());
    counts.put("heddle_denied_connections_total", denied.sum());
    counts.put("heddle_unanswered_connections_total", unanswered.sum());
    return counts;
  }

  /** In the text format of Prometheus. */
  public String text() {
    StringBuilder text = new StringBuilder();
    counts()
        .forEach(
            (name, count) ->
                text.append("# TYPE ")
                    .append(name)
                    .append(" counter\n")
                    .append(name)
                    .append(' ')
                    .append(count)
                    .append('\n'));
    return text.toString();
  }
}
