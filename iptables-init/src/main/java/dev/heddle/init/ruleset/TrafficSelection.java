package dev.heddle.init.ruleset;

import dev.heddle.init.ruleset.Selection.All;
import dev.heddle.init.ruleset.Selection.Only;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which traffic is captured, as it is written in options and in Istio's annotations {@code
 * traffic.sidecar.istio.io/*} (istio.io/latest/docs/reference/config/annotations): lists with
 * commas, {@code *} for all where something is included, empty for none, absent for not said.
 */
public record TrafficSelection(Map<TrafficSetting, String> said) {

  /** Where Istio's annotations about captured traffic begin. */
  public static final String ANNOTATIONS = "traffic.sidecar.istio.io/";

  /** Each entry is a rule that every new connection may meet; ranges make long lists short. */
  static final int MAX_ENTRIES = 256;

  public TrafficSelection {
    said = Map.copyOf(said);
  }

  /** What a pod's annotations say. */
  public static TrafficSelection ofAnnotations(Map<String, String> annotations) {
    Map<TrafficSetting, String> said = new EnumMap<>(TrafficSetting.class);
    for (TrafficSetting setting : TrafficSetting.values()) {
      String value = annotations.get(ANNOTATIONS + setting.written());
      if (value != null) {
        said.put(setting, value);
      }
    }
    return new TrafficSelection(said);
  }

  /** Annotations of Istio about captured traffic that are not honoured. */
  public static List<String> notHonoured(Map<String, String> annotations) {
    return annotations.keySet().stream()
        .filter(name -> name.startsWith(ANNOTATIONS))
        .filter(
            name ->
                Arrays.stream(TrafficSetting.values())
                    .noneMatch(setting -> name.equals(ANNOTATIONS + setting.written())))
        .sorted()
        .toList();
  }

  /** This, and the other where this says nothing. */
  public TrafficSelection or(TrafficSelection other) {
    Map<TrafficSetting, String> both = new EnumMap<>(TrafficSetting.class);
    both.putAll(other.said);
    both.putAll(said);
    return new TrafficSelection(both);
  }

  /**
   * Connections that reach the pod; all where nothing is said.
   *
   * @throws IllegalArgumentException with what is wrong and where
   */
  public Inbound inbound() {
    return new Inbound(
        selection(TrafficSetting.INCLUDE_INBOUND_PORTS, PortRange::parse),
        list(TrafficSetting.EXCLUDE_INBOUND_PORTS, PortRange::parse),
        list(TrafficSetting.EXCLUDE_INBOUND_RANGES, Cidr::parse));
  }

  /**
   * Connections that the pod makes; all where nothing is said.
   *
   * @throws IllegalArgumentException with what is wrong and where
   */
  public Outbound outbound() {
    List<PortRange> ports = List.of();
    Selection<Cidr> ranges = selection(TrafficSetting.INCLUDE_OUTBOUND_RANGES, Cidr::parse);
    if ("*".equals(said.get(TrafficSetting.INCLUDE_OUTBOUND_PORTS))) {
      ranges = new All<>(); // all ports of any address, which is all
    } else {
      ports = list(TrafficSetting.INCLUDE_OUTBOUND_PORTS, PortRange::parse);
    }
    return new Outbound(
        ranges,
        ports,
        list(TrafficSetting.EXCLUDE_OUTBOUND_PORTS, PortRange::parse),
        list(TrafficSetting.EXCLUDE_OUTBOUND_RANGES, Cidr::parse));
  }

  /** What is written and has no effect, one sentence each. */
  public List<String> withoutEffect() {
    List<String> sentences = new ArrayList<>();
    if (inbound().includePorts() instanceof Only && !inbound().excludePorts().isEmpty()) {
      sentences.add(
          "excludeInboundPorts has no effect where includeInboundPorts lists the ports (as in"
              + " Istio)");
    }
    if (outbound().includeRanges() instanceof All && !outbound().includePorts().isEmpty()) {
      sentences.add("includeOutboundPorts adds nothing where all outbound traffic is captured");
    }
    return List.copyOf(sentences);
  }

  private <T> Selection<T> selection(TrafficSetting setting, Function<String, T> entry) {
    return said.getOrDefault(setting, "*").strip().equals("*")
        ? new All<>()
        : new Only<>(list(setting, entry));
  }

  private <T> List<T> list(TrafficSetting setting, Function<String, T> entry) {
    String text = said.getOrDefault(setting, "");
    if (text.isBlank()) {
      return List.of();
    }
    List<String> parts = Arrays.asList(text.split(",", -1));
    if (parts.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          setting.written()
              + ": "
              + parts.size()
              + " entries (expected: at most "
              + MAX_ENTRIES
              + ")");
    }
    List<T> entries = new ArrayList<>(parts.size());
    for (String part : parts) {
      try {
        entries.add(entry.apply(part.strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(setting.written() + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(entries);
  }
}
