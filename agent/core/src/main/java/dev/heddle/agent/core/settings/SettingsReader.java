package dev.heddle.agent.core.settings;

import dev.heddle.agent.core.settings.AgentSettings.Address;
import dev.heddle.agent.core.settings.AgentSettings.LogLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads settings; what is unknown or malformed is told and its default holds. */
public final class SettingsReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final int MAX_PORT = 65_535;
  private static final long MAX_FIRST_CALL_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final List<String> warnings = new ArrayList<>();
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  /** Environment, properties and arguments, in rising precedence. */
  public SettingsReader(
      Map<String, String> environment, Map<String, String> properties, String arguments) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("HEDDLE_")) {
            put(name.substring("HEDDLE_".length()), name, value);
          }
        });
    properties.forEach(
        (name, value) -> {
          if (name.startsWith("heddle.")) {
            put(name.substring("heddle.".length()), name, value);
          }
        });
    readArguments(arguments);
  }

  /**
   * Labels hold commas and equal signs: a part that names no setting goes on with the one before.
   */
  private void readArguments(String arguments) {
    Setting last = null;
    for (String part : arguments.split(",", -1)) {
      int equals = part.indexOf('=');
      Setting named = equals < 0 ? null : find(part.substring(0, equals));
      if (named != null) {
        values.put(named, part.substring(equals + 1));
        last = named;
      } else if (last == Setting.LABELS
          || last == Setting.EXCLUDE_HOSTS
          || last == Setting.EXCLUDE_PORTS) {
        values.merge(last, part, (before, more) -> before + "," + more);
      } else if (!part.isEmpty()) {
        warnings.add("argument \"" + part + "\" is not a setting");
      }
    }
  }

  private void put(String name, String writtenAs, String value) {
    Setting setting = find(name);
    if (setting == null) {
      warnings.add(writtenAs + " is not a setting");
    } else {
      values.put(setting, value);
    }
  }

  private static @Nullable Setting find(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.name().equalsIgnoreCase(name.replace('.', '_').replace('-', '_'))) {
        return setting;
      }
    }
    return null;
  }

  /** What is wrong, for one line in the log. */
  public List<String> warnings() {
    return warnings;
  }

  /** The settings. */
  public AgentSettings read() {
    return AgentSettings.builder()
        .control(value(Setting.CONTROL, text -> text.isEmpty() ? null : address(text)))
        .namespace(text(Setting.NAMESPACE))
        .serviceAccount(text(Setting.SERVICE_ACCOUNT))
        .workload(text(Setting.WORKLOAD))
        .labels(value(Setting.LABELS, SettingsReader::labels))
        .enabled(value(Setting.ENABLED, SettingsReader::truth))
        .logLevel(value(Setting.LOG_LEVEL, text -> LogLevel.valueOf(text.toUpperCase(Locale.ROOT))))
        .stateDir(text(Setting.STATE_DIR))
        .admin(value(Setting.ADMIN, text -> text.equals("off") ? null : address(text)))
        .firstCallWaitNanos(value(Setting.FIRST_CALL_WAIT, SettingsReader::nanos))
        .excludeHosts(value(Setting.EXCLUDE_HOSTS, text -> names(text.toLowerCase(Locale.ROOT))))
        .excludePorts(value(Setting.EXCLUDE_PORTS, SettingsReader::ports))
        .build();
  }

  private String text(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue()).trim();
  }

  private <T> T value(Setting setting, Function<String, T> parse) {
    String text = text(setting);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      warnings.add(
          setting.environmentName()
              + ": \""
              + text
              + "\" (expected: "
              + setting.description()
              + "), \""
              + setting.defaultValue()
              + "\" holds");
      return parse.apply(setting.defaultValue());
    }
  }

  private static Address address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(text);
    }
    return Address.of(text.substring(0, colon), port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    int port = Integer.parseInt(text.trim());
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(text);
    }
    return port;
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }

  private static long nanos(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(duration.group(1));
    TimeUnit unit =
        duration.group(2).equals("ms")
            ? TimeUnit.MILLISECONDS
            : duration.group(2).equals("s") ? TimeUnit.SECONDS : TimeUnit.MINUTES;
    return Math.min(MAX_FIRST_CALL_WAIT_NANOS, unit.toNanos(amount));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : names(text)) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(label);
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  private static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    Arrays.stream(text.split(",")).map(String::trim).filter(n -> !n.isEmpty()).forEach(names::add);
    return names;
  }

  private static Set<Integer> ports(String text) {
    Set<Integer> ports = new LinkedHashSet<>();
    names(text).forEach(name -> ports.add(port(name)));
    return ports;
  }
}
