package dev.heddle.init;

import dev.heddle.init.ruleset.TrafficSelection;
import dev.heddle.init.ruleset.TrafficSetting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which traffic is captured: each option says what Istio's annotation of the same name says. */
final class TrafficOptions {

  @Option(
      names = "--include-inbound-ports",
      paramLabel = "PORTS",
      description = "Ports of the pod that are captured: * (default), a list, or none.")
  private @Nullable String includeInboundPorts;

  @Option(
      names = "--exclude-inbound-ports",
      paramLabel = "PORTS",
      description = "Ports of the pod that are left alone, like 22,9000-9009.")
  private @Nullable String excludeInboundPorts;

  @Option(
      names = "--exclude-inbound-ranges",
      paramLabel = "RANGES",
      description = "Clients that are left alone, like 10.0.0.1,fd00::/8.")
  private @Nullable String excludeInboundRanges;

  @Option(
      names = "--include-outbound-ports",
      paramLabel = "PORTS",
      description = "Ports of others that are captured whatever the address.")
  private @Nullable String includeOutboundPorts;

  @Option(
      names = "--exclude-outbound-ports",
      paramLabel = "PORTS",
      description = "Ports of others that are left alone; 53 leaves DNS alone.")
  private @Nullable String excludeOutboundPorts;

  @Option(
      names = "--include-outbound-ranges",
      paramLabel = "RANGES",
      description = "Addresses of others that are captured: * (default), a list, or none.")
  private @Nullable String includeOutboundRanges;

  @Option(
      names = "--exclude-outbound-ranges",
      paramLabel = "RANGES",
      description = "Addresses of others that are left alone.")
  private @Nullable String excludeOutboundRanges;

  /** What was said of all these. */
  TrafficSelection selection() {
    Map<TrafficSetting, String> said = new EnumMap<>(TrafficSetting.class);
    put(said, TrafficSetting.INCLUDE_INBOUND_PORTS, includeInboundPorts);
    put(said, TrafficSetting.EXCLUDE_INBOUND_PORTS, excludeInboundPorts);
    put(said, TrafficSetting.EXCLUDE_INBOUND_RANGES, excludeInboundRanges);
    put(said, TrafficSetting.INCLUDE_OUTBOUND_PORTS, includeOutboundPorts);
    put(said, TrafficSetting.EXCLUDE_OUTBOUND_PORTS, excludeOutboundPorts);
    put(said, TrafficSetting.INCLUDE_OUTBOUND_RANGES, includeOutboundRanges);
    put(said, TrafficSetting.EXCLUDE_OUTBOUND_RANGES, excludeOutboundRanges);
    return new TrafficSelection(said);
  }

  private static void put(
      Map<TrafficSetting, String> said, TrafficSetting setting, @Nullable String value) {
    if (value != null) {
      said.put(setting, value.equals("none") ? "" : value);
    }
  }
}
