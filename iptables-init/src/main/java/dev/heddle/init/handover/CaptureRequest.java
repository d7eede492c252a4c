package dev.heddle.init.handover;

import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.Mark;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the daemon must know to listen in a pod: its name, the ports that rules redirect to, the
 * mark that they let pass, the families that the pod has, and whom the pod asks for names, where
 * its queries are redirected.
 */
public record CaptureRequest(
    PodName pod,
    int inboundPort,
    int outboundPort,
    OptionalInt dnsPort,
    Mark mark,
    Set<Family> families,
    List<InetAddress> resolvers) {

  /** Pods have one or two; more of the longest would not fit the line. */
  public static final int MAX_RESOLVERS = 2;

  private static final String OFF = "off";
  private static final String NONE = "none";

  public CaptureRequest {
    families = Set.copyOf(families);
    resolvers = List.copyOf(resolvers.subList(0, Math.min(MAX_RESOLVERS, resolvers.size())));
  }

  /** For a pod with the rules of these settings. */
  public static CaptureRequest of(PodName pod, CaptureSettings settings) {
    return new CaptureRequest(
        pod,
        settings.inboundPort(),
        settings.outboundPort(),
        settings.dnsPort(),
        settings.mark(),
        settings.families(),
        List.of());
  }

  /** The same for a pod that asks others for names, at port 53; the first two are kept. */
  public CaptureRequest withResolvers(List<InetAddress> others) {
    return new CaptureRequest(pod, inboundPort, outboundPort, dnsPort, mark, families, others);
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
        + digits
        + " resolvers="
        + (resolvers.isEmpty()
            ? NONE
            : resolvers.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(",")));
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
        families(value(values, "families")),
        resolvers(values.getOrDefault("resolvers", NONE)));
  }

  private static List<InetAddress> resolvers(String addresses) {
    return addresses.equals(NONE)
        ? List.of()
        : Stream.of(addresses.split(",", -1)).map(InetAddress::ofLiteral).toList();
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
