package dev.heddle.init.handover;

import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.Mark;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the daemon must know to listen in a pod: its name, the ports that rules redirect to, the
 * mark that they let pass, and the families that the pod has.
 */
public record CaptureRequest(
    PodName pod,
    int inboundPort,
    int outboundPort,
    OptionalInt dnsPort,
    Mark mark,
    Set<Family> families) {

  private static final String OFF = "off";

  public CaptureRequest {
    families = Set.copyOf(families);
  }

  /** For a pod with the rules of these settings. */
  public static CaptureRequest of(PodName pod, CaptureSettings settings) {
    return new CaptureRequest(
        pod,
        settings.inboundPort(),
        settings.outboundPort(),
        settings.dnsPort(),
        settings.mark(),
        settings.families());
  }

  /** One line without its end. */
  public String toLine() {
    String digits = families.stream().sorted().map(Family::digit).collect(Collectors.joining(","));
    return "capture pod="
        + pod
        + " inbound="
        + inboundPort
        + " outbound="
        + outboundPort
        + " dns="
        + (dnsPort.isPresent() ? String.valueOf(dnsPort.getAsInt()) : OFF)
        + " mark="
        + mark.value()
        + " families="
        + digits;
  }

  /**
   * Reads a line; words that are not known are left to later versions.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static CaptureRequest parse(String line) {
    String[] words = line.split(" ", -1);
    if (!words[0].equals("capture")) {
      throw new IllegalArgumentException("\"" + line + "\" (expected: capture pod=…)");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    String dns = value(values, "dns");
    return new CaptureRequest(
        PodName.parse(value(values, "pod")),
        port(value(values, "inbound")),
        port(value(values, "outbound")),
        dns.equals(OFF) ? OptionalInt.empty() : OptionalInt.of(port(dns)),
        Mark.parse(value(values, "mark")),
        families(value(values, "families")));
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a capture request has no " + key + "=");
    }
    return value;
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " (expected: 1 to 65535)");
    }
    return port;
  }

  private static Set<Family> families(String digits) {
    Set<Family> families = EnumSet.noneOf(Family.class);
    for (String digit : digits.split(",", -1)) {
      families.add(
          switch (digit) {
            case "4" -> Family.IPV4;
            case "6" -> Family.IPV6;
            default ->
                throw new IllegalArgumentException(
                    "families \"" + digits + "\" (expected: 4, 6 or 4,6)");
          });
    }
    return families;
  }
}
