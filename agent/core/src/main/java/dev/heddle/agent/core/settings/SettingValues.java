package dev.heddle.agent.core.settings;

import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.settings.AgentSettings.Address;
import dev.heddle.agent.core.settings.AgentSettings.ControlTls;
import dev.heddle.agent.core.settings.AgentSettings.LocalCalls;
import dev.heddle.agent.core.settings.AgentSettings.LogLevel;
import dev.heddle.agent.core.settings.AgentSettings.Mode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How each kind of value is written; what is malformed is an IllegalArgumentException. */
final class SettingValues {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final int MAX_PORT = 65_535;

  /** An app that waits longer for its first answer looks dead to whoever started it. */
  private static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private SettingValues() {}

  /** Refuses a text that this setting cannot have. */
  static void check(Setting setting, String text) {
    switch (setting) {
      case CONTROL:
        control(text);
        break;
      case ADMIN:
        admin(text);
        break;
      case CONTROL_TLS:
        word(ControlTls.values(), text);
        break;
      case MODE:
        word(Mode.values(), text);
        break;
      case LOG_LEVEL:
        word(LogLevel.values(), text);
        break;
      case ENABLED:
        truth(text);
        break;
      case FIRST_CALL_WAIT:
        nanos(text);
        break;
      case LABELS:
        labels(text);
        break;
      case PROPAGATE_HEADERS:
        headers(text);
        break;
      case EXCLUDE_PORTS:
      case EXCLUDE_INBOUND_PORTS:
        ports(text);
        break;
      case LOCAL_CALLS:
        word(LocalCalls.values(), text);
        break;
      case PROBES:
        probes(text);
        break;
      default: // any text
    }
  }

  static @Nullable Address control(String text) {
    return text.isEmpty() ? null : address(text, /* lowestPort= */ 1);
  }

  static @Nullable Address admin(String text) {
    return text.equals("off") ? null : address(text, /* lowestPort= */ 0);
  }

  private static Address address(String text, int lowestPort) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw malformed(text);
    }
    return Address.of(text.substring(0, colon), port(text.substring(colon + 1), lowestPort));
  }

  private static int port(String text, int lowest) {
    int port = Integer.parseInt(text.trim());
    if (port < lowest || port > MAX_PORT) {
      throw malformed(text);
    }
    return port;
  }

  static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed(text);
    }
    return text.equals("true");
  }

  /** Of these words; Enum.valueOf would ask by reflection, which takes its time before main. */
  static <E extends Enum<E>> E word(E[] words, String text) {
    for (E word : words) {
      if (word.name().toLowerCase(Locale.ROOT).equals(text)) {
        return word;
      }
    }
    throw malformed(text);
  }

  static long nanos(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      throw malformed(text);
    }
    long nanos = unit(duration.group(2)).toNanos(Long.parseLong(duration.group(1)));
    if (nanos > MAX_WAIT_NANOS) {
      throw malformed(text);
    }
    return nanos;
  }

  private static TimeUnit unit(String written) {
    return written.equals("ms")
        ? TimeUnit.MILLISECONDS
        : written.equals("s") ? TimeUnit.SECONDS : TimeUnit.MINUTES;
  }

  static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : names(text)) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw malformed(label);
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String name = part.trim();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  static Set<String> headers(String text) {
    return text.equals("off") ? Collections.<String>emptySet() : Propagation.names(names(text));
  }

  static Set<Integer> ports(String text) {
    Set<Integer> ports = new LinkedHashSet<>();
    for (String name : names(text)) {
      ports.add(port(name, 1));
    }
    return ports;
  }

  static Set<Probe> probes(String text) {
    Set<Probe> probes = new LinkedHashSet<>();
    for (String written : names(text)) {
      Probe probe = Probe.parse(written);
      if (probe == null) {
        throw malformed(written);
      }
      probes.add(probe);
    }
    return probes;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(text);
  }
}
