package dev.heddle.agent.core.settings;

import dev.heddle.agent.core.settings.AgentSettings.ControlTls;
import dev.heddle.agent.core.settings.AgentSettings.LocalCalls;
import dev.heddle.agent.core.settings.AgentSettings.LogLevel;
import dev.heddle.agent.core.settings.AgentSettings.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /** The settings. Without lambdas: before the app's main each of them costs half a millisecond. */
  public AgentSettings read() {
    return AgentSettings.builder()
        .control(SettingValues.control(valid(Setting.CONTROL)))
        .controlTls(SettingValues.word(ControlTls.values(), valid(Setting.CONTROL_TLS)))
        .controlCa(sources.text(Setting.CONTROL_CA))
        .tokenFile(sources.text(Setting.TOKEN_FILE))
        .namespace(sources.text(Setting.NAMESPACE))
        .serviceAccount(sources.text(Setting.SERVICE_ACCOUNT))
        .workload(sources.text(Setting.WORKLOAD))
        .labels(SettingValues.labels(valid(Setting.LABELS)))
        .mode(SettingValues.word(Mode.values(), valid(Setting.MODE)))
        .enabled(SettingValues.truth(valid(Setting.ENABLED)))
        .logLevel(SettingValues.word(LogLevel.values(), valid(Setting.LOG_LEVEL)))
        .stateDir(sources.text(Setting.STATE_DIR))
        .admin(SettingValues.admin(valid(Setting.ADMIN)))
        .firstCallWaitNanos(SettingValues.nanos(valid(Setting.FIRST_CALL_WAIT)))
        .propagateHeaders(SettingValues.headers(valid(Setting.PROPAGATE_HEADERS)))
        .excludeHosts(
            SettingValues.names(sources.text(Setting.EXCLUDE_HOSTS).toLowerCase(Locale.ROOT)))
        .excludePorts(SettingValues.ports(valid(Setting.EXCLUDE_PORTS)))
        .excludeInboundPorts(SettingValues.ports(valid(Setting.EXCLUDE_INBOUND_PORTS)))
        .localCalls(SettingValues.word(LocalCalls.values(), valid(Setting.LOCAL_CALLS)))
        .probes(SettingValues.probes(valid(Setting.PROBES)))
        .build();
  }

  /** What is written, or the default where that is malformed. */
  private String valid(Setting setting) {
    String text = sources.text(setting);
    try {
      SettingValues.check(setting, text);
      return text;
    } catch (IllegalArgumentException e) {
      String shown =
          text.length() > MAX_SHOWN_CHARS ? text.substring(0, MAX_SHOWN_CHARS) + "..." : text;
      warnings.add(
          String.format(
              "%s: \"%s\" (expected: %s), \"%s\" holds",
              setting.environmentName(), shown, setting.description(), setting.defaultValue()));
      return setting.defaultValue();
    }
  }
}
