package dev.heddle.agent.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {

  private static final Map<String, String> NONE = Collections.emptyMap();

  @Test
  void argumentsWinOverPropertiesAndPropertiesOverTheEnvironment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("HEDDLE_NAMESPACE", "a");
    environment.put("HEDDLE_SERVICE_ACCOUNT", "a");
    environment.put("HEDDLE_WORKLOAD", "a");
    environment.put("PATH", "/bin");
    Map<String, String> properties = new HashMap<>();
    properties.put("heddle.service_account", "b");
    properties.put("heddle.workload", "b");
    SettingsReader reader = new SettingsReader(environment, properties, "workload=c");
    AgentSettings settings = reader.read();
    assertThat(settings.namespace()).isEqualTo("a");
    assertThat(settings.serviceAccount()).isEqualTo("b");
    assertThat(settings.workload()).isEqualTo("c");
    assertThat(reader.warnings()).isEmpty();
  }

  @Test
  void listsKeepTheirCommasAmongArguments() {
    AgentSettings settings =
        read("labels=app=shop,version=v1,exclude_hosts=A.example,*.b.example,exclude_ports=1,2");
    assertThat(settings.labels()).containsEntry("app", "shop").containsEntry("version", "v1");
    assertThat(settings.excludeHosts()).containsExactly("a.example", "*.b.example");
    assertThat(settings.excludePorts()).containsExactly(1, 2);
  }

  @Test
  void everyDefaultIsOneThatTheReaderAccepts() {
    SettingsReader reader = new SettingsReader(NONE, NONE, "");
    AgentSettings settings = reader.read();
    assertThat(reader.warnings()).isEmpty();
    assertThat(settings.control()).isNull();
    assertThat(settings.mode()).isEqualTo(AgentSettings.Mode.PERMISSIVE);
    assertThat(settings.firstCallWaitNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void allValuesAreHeldWhereTheyAreWellFormed() {
    AgentSettings settings =
        read(
            "control=[::1]:15010,control_tls=on,control_ca=/ca.pem,token_file=/token,mode=strict,enabled=false,log_level=off,admin=off,"
                + "first_call_wait=250ms,state_dir=/var/x");
    assertThat(settings.control()).isEqualTo(AgentSettings.Address.of("[::1]", 15010));
    assertThat(settings.controlTls()).isEqualTo(AgentSettings.ControlTls.ON);
    assertThat(settings.controlCa()).isEqualTo("/ca.pem");
    assertThat(settings.tokenFile()).isEqualTo("/token");
    assertThat(settings.mode()).isEqualTo(AgentSettings.Mode.STRICT);
    assertThat(settings.enabled()).isFalse();
    assertThat(settings.logLevel()).isEqualTo(AgentSettings.LogLevel.OFF);
    assertThat(settings.admin()).isNull();
    assertThat(settings.firstCallWaitNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(settings.stateDir()).isEqualTo("/var/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control=nowhere",
        "control=host:0",
        "control=host:65536",
        "control=:15010",
        "control_tls=true",
        "labels=app",
        "mode=Strict",
        "mode=lenient",
        "enabled=yes",
        "log_level=debug",
        "admin=15020",
        "first_call_wait=soon",
        "first_call_wait=2m",
        "first_call_wait=999999999m",
        "exclude_ports=http",
        "exclude_ports=0"
      })
  void aMalformedValueIsToldWithItsSettingAndTheDefaultHolds(String argument) {
    SettingsReader reader = new SettingsReader(NONE, NONE, argument);
    assertThat(reader.read()).isEqualTo(read(""));
    String name = argument.substring(0, argument.indexOf('='));
    String value = argument.substring(argument.indexOf('=') + 1);
    assertThat(reader.warnings())
        .singleElement()
        .asString()
        .contains(Setting.valueOf(name.toUpperCase(Locale.ROOT)).environmentName())
        .contains('"' + value + '"')
        .contains("expected: ");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, false",
    "LOCALHOST, false",
    "127.0.0.1, false",
    "127.9.0.1, false",
    "[::1], false",
    "10.0.0.1, true",
    "127.0.0.1.example, true",
    "localhost.example, true",
    "heddle-control.heddle-system.svc, true"
  })
  void theControlServiceIsSpokenToInTlsUnlessItIsOnTheLoopback(String host, boolean tls) {
    AgentSettings.Address control = AgentSettings.Address.of(host, 15012);
    assertThat(AgentSettings.ControlTls.AUTO.holdsFor(control)).isEqualTo(tls);
    assertThat(AgentSettings.ControlTls.ON.holdsFor(control)).isTrue();
    assertThat(AgentSettings.ControlTls.OFF.holdsFor(control)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "HEDDLE_CONTOL, HEDDLE_CONTROL",
    "HEDDLE_LOGLEVEL, HEDDLE_LOG_LEVEL",
    "HEDDLE_EXCLUDE_HOST, HEDDLE_EXCLUDE_HOSTS",
    "HEDDLE_STATEDIR, HEDDLE_STATE_DIR"
  })
  void aMistypedNameIsToldWithTheOneThatWasMeant(String written, String meant) {
    SettingsReader reader = new SettingsReader(Collections.singletonMap(written, "x"), NONE, "");
    reader.read();
    assertThat(reader.warnings())
        .containsExactly(written + " is not a setting (did you mean " + meant + "?)");
  }

  @Test
  void aNameThatIsLikeNoneIsToldWithoutAGuess() {
    SettingsReader reader =
        new SettingsReader(
            NONE, Collections.singletonMap("heddle.jdbc.pool", "x"), "verbose,contrl=h:1");
    reader.read();
    assertThat(reader.warnings())
        .containsExactly(
            "heddle.jdbc.pool is not a setting",
            "argument \"verbose\" is not a setting",
            "argument \"contrl=h:1\" is not a setting (did you mean control=?)");
  }

  private static AgentSettings read(String arguments) {
    return new SettingsReader(NONE, NONE, arguments).read();
  }
}
