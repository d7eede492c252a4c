package dev.heddle.init.ruleset;

/** What can be said about which traffic is captured, under the names of Istio's annotations. */
public enum TrafficSetting {
  INCLUDE_INBOUND_PORTS("includeInboundPorts"),
  EXCLUDE_INBOUND_PORTS("excludeInboundPorts"),
  /** Ranges of clients; Istio has no annotation for these. */
  EXCLUDE_INBOUND_RANGES("excludeInboundIPRanges"),
  INCLUDE_OUTBOUND_PORTS("includeOutboundPorts"),
  EXCLUDE_OUTBOUND_PORTS("excludeOutboundPorts"),
  INCLUDE_OUTBOUND_RANGES("includeOutboundIPRanges"),
  EXCLUDE_OUTBOUND_RANGES("excludeOutboundIPRanges");

  private final String written;

  TrafficSetting(String written) {
    this.written = written;
  }

  /** The name behind {@code traffic.sidecar.istio.io/}. */
  public String written() {
    return written;
  }
}
