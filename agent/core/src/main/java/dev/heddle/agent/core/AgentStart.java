package dev.heddle.agent.core;

import dev.heddle.agent.bootstrap.AgentClassLoader;
import dev.heddle.agent.bootstrap.AgentEntry;
import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.install.Installer;
import dev.heddle.agent.core.install.WeaveCache;
import dev.heddle.agent.core.settings.AgentSettings;
import dev.heddle.agent.core.settings.SettingsReader;
import dev.heddle.agent.core.substitute.LibraryLogger;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;

/** Where the bootstrap enters the agent: reads the settings, and begins if there is a mesh. */
public final class AgentStart implements AgentEntry {

  /** In the state directory. */
  private static final String WOVEN_FILE = "woven-classes";

  /** Made by the bootstrap. */
  public AgentStart() {}

  /** Returns when the hooks are placed, the rest starts behind it. */
  @Override
  public void start(String arguments, Instrumentation instrumentation) throws Exception {
    SettingsReader reader = new SettingsReader(System.getenv(), properties(), arguments);
    AgentSettings settings = reader.read();
    AgentLog log = new AgentLog(System.err, settings.logLevel());
    if (!reader.warnings().isEmpty()) {
      log.warn("settings: " + String.join("; ", reader.warnings()));
    }
    if (!settings.enabled()) {
      return;
    }
    AgentSettings.Address control = settings.control();
    if (control == null) {
      log.warn("HEDDLE_CONTROL is not set (expected: host:port); the app runs unmanaged");
      return;
    }
    LibraryLogger.tell(log::library);
    AgentClassLoader loader = (AgentClassLoader) AgentStart.class.getClassLoader();
    Installer installer =
        new Installer(
            instrumentation,
            loader,
            cache(settings),
            settings.mode() == AgentSettings.Mode.STRICT,
            settings.controlTls().holdsFor(control),
            InboundGate::unhooked,
            (line, e) -> log.warn(line + ": " + e));
    AgentProcess process = new AgentProcess(settings, control, log, installer);
    process.beginBeforeTheApp();
    Thread rest = new Thread(process::beginBesideTheApp, "heddle-start");
    rest.setDaemon(true);
    rest.start();
  }

  private static WeaveCache cache(AgentSettings settings) throws URISyntaxException {
    if (settings.stateDir().isEmpty()) {
      return WeaveCache.none();
    }
    File jar =
        new File(AgentStart.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String key =
        String.join(
            " ",
            AgentProcess.version(),
            settings.mode().toString(),
            Long.toString(jar.length()),
            Long.toString(jar.lastModified()),
            System.getProperty("java.vm.vendor", ""),
            System.getProperty("java.vm.version", ""));
    return WeaveCache.read(new File(settings.stateDir(), WOVEN_FILE), key);
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    return properties;
  }
}
