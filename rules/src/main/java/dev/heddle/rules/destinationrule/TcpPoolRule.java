package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings.TCPSettings}. */
public record TcpPoolRule(
    @Nullable Integer maxConnections,
    @Nullable GoDuration connectTimeout,
    @NotYet Map<String, Object> tcpKeepalive,
    @NotYet @Nullable GoDuration maxConnectionDuration,
    @Nullable GoDuration idleTimeout) {
  /** Absent lists and maps are empty ones. */
  public TcpPoolRule {
    tcpKeepalive =
        tcpKeepalive == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(tcpKeepalive));
  }
}
