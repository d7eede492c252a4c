package dev.heddle.agent.core.settings;

import dev.heddle.agent.core.settings.AgentSettings.ControlTls;
import dev.heddle.agent.core.settings.AgentSettings.LogLevel;
import dev.heddle.agent.core.settings.AgentSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads settings; what is unknown or malformed is told and its default holds. */
public final class SettingsReader {

  /** Characters of a malformed value that a warning repeats. */
  private static final int MAX_SHOWN_CHARS = 100;

  private final List<String> warnings = new ArrayList<>();
  private final SettingSources sources;

  /** Environment, properties and arguments, in rising precedence. */
  public SettingsReader(
      Map<String, String> environment, Map<String, String> properties, String arguments) {
    this.sources = new SettingSources(environment, properties, arguments, warnings);
  }

  /** What is wrong, for one line in the log; complete when {@link #read} was called. */
  public List<String> warnings() {
    return warnings;
  }

  /** The settings. */
  public AgentSettings read() {
    return AgentSettings.builder()
        .control(
            value(
                Setting.CONTROL,
                text -> text.isEmpty() ? null : SettingValues.address(text, /* lowestPort= */ 1)))
        .controlTls(value(Setting.CONTROL_TLS, text -> SettingValues.word(ControlTls.class, text)))
        .controlCa(sources.text(Setting.CONTROL_CA))
        .tokenFile(sources.text(Setting.TOKEN_FILE))
        .namespace(sources.text(Setting.NAMESPACE))
        .serviceAccount(sources.text(Setting.SERVICE_ACCOUNT))
        .workload(sources.text(Setting.WORKLOAD))
        .labels(value(Setting.LABELS, SettingValues::labels))
        .mode(value(Setting.MODE, text -> SettingValues.word(Mode.class, text)))
        .enabled(value(Setting.ENABLED, SettingValues::truth))
        .logLevel(value(Setting.LOG_LEVEL, text -> SettingValues.word(LogLevel.class, text)))
        .stateDir(sources.text(Setting.STATE_DIR))
        .admin(
            value(
                Setting.ADMIN,
                text ->
                    text.equals("off") ? null : SettingValues.address(text, /* lowestPort= */ 0)))
        .firstCallWaitNanos(value(Setting.FIRST_CALL_WAIT, SettingValues::nanos))
        .propagateHeaders(value(Setting.PROPAGATE_HEADERS, SettingValues::headers))
        .excludeHosts(
            value(
                Setting.EXCLUDE_HOSTS, text -> SettingValues.names(text.toLowerCase(Locale.ROOT))))
        .excludePorts(value(Setting.EXCLUDE_PORTS, SettingValues::ports))
        .excludeInboundPorts(value(Setting.EXCLUDE_INBOUND_PORTS, SettingValues::ports))
        .build();
  }

  private <T> T value(Setting setting, Function<String, T> parse) {
    String text = sources.text(setting);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      String shown =
          text.length() > MAX_SHOWN_CHARS ? text.substring(0, MAX_SHOWN_CHARS) + "..." : text;
      warnings.add(
          String.format(
              "%s: \"%s\" (expected: %s), \"%s\" holds",
              setting.environmentName(), shown, setting.description(), setting.defaultValue()));
      return parse.apply(setting.defaultValue());
    }
  }
}
