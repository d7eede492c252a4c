package dev.heddle.agent.core.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is written where: environment, properties and arguments, in rising precedence. */
final class SettingSources {

  private static final String ENVIRONMENT = "HEDDLE_";
  private static final String PROPERTIES = "heddle.";

  private final Map<Setting, String> values = new HashMap<>();
  private final List<String> warnings;

  /** warnings takes what names no setting. */
  SettingSources(
      Map<String, String> environment,
      Map<String, String> properties,
      String arguments,
      List<String> warnings) {
    this.warnings = warnings;
    read(ENVIRONMENT, environment);
    read(PROPERTIES, properties);
    readArguments(arguments);
  }

  /** What is written, or else the default. */
  String text(Setting setting) {
    return values.getOrDefault(setting, setting.defaultValue()).trim();
  }

  private void read(String prefix, Map<String, String> source) {
    Map<String, String> ours = new TreeMap<>(); // a warning reads the same at each start
    for (Map.Entry<String, String> written : source.entrySet()) {
      if (written.getKey().startsWith(prefix)) {
        ours.put(written.getKey(), written.getValue());
      }
    }
    for (Map.Entry<String, String> written : ours.entrySet()) {
      put(prefix, written.getKey(), written.getValue());
    }
  }

  private void put(String prefix, String writtenAs, String value) {
    String name = writtenAs.substring(prefix.length());
    Setting setting = find(name);
    if (setting != null) {
      values.put(setting, value);
      return;
    }
    Setting meant = NearestSetting.of(name);
    unknown(
        writtenAs,
        meant == null
            ? null
            : prefix.equals(ENVIRONMENT) ? meant.environmentName() : meant.propertyName());
  }

  /**
   * Labels hold commas and equal signs: a part that names no setting goes on with the one before.
   */
  private void readArguments(String arguments) {
    Setting last = null;
    for (String part : arguments.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).trim();
      Setting named = find(name);
      if (named != null) {
        values.put(named, part.substring(equals + 1));
        last = named;
      } else if (last != null && last.isList()) {
        values.merge(last, part, (before, more) -> before + "," + more);
      } else if (!part.isEmpty()) {
        Setting meant = NearestSetting.of(name.isEmpty() ? part : name);
        unknown("argument \"" + part + "\"", meant == null ? null : meant.argumentName() + "=");
      }
    }
  }

  private void unknown(String writtenAs, @Nullable String meant) {
    warnings.add(
        writtenAs + " is not a setting" + (meant == null ? "" : " (did you mean " + meant + "?)"));
  }

  private static @Nullable Setting find(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.name().equalsIgnoreCase(name.replace('.', '_').replace('-', '_'))) {
        return setting;
      }
    }
    return null;
  }
}
