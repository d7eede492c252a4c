package dev.heddle.agent.core;

import dev.heddle.agent.bootstrap.AgentClassLoader;
import dev.heddle.agent.bootstrap.HeddleAgent;
import dev.heddle.agent.core.admin.AdminPages;
import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallMetrics;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.Exclusions;
import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.identity.WorkloadIdentity;
import dev.heddle.agent.core.inbound.Authorization;
import dev.heddle.agent.core.install.Installer;
import dev.heddle.agent.core.install.WeaveCache;
import dev.heddle.agent.core.settings.AgentSettings;
import dev.heddle.agent.core.settings.SettingsReader;
import dev.heddle.agent.core.substitute.LibraryLogger;
import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Puts the agent together: settings, hooks, the call pipeline, discovery, admin pages. */
public final class AgentStart {

  /** In the state directory. */
  private static final String WOVEN_FILE = "woven-classes";

  private AgentStart() {}

  /** Called by the bootstrap; returns when the hooks are placed, the rest starts behind it. */
  public static void start(String arguments, Instrumentation instrumentation) throws Exception {
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
    boolean strict = settings.mode() == AgentSettings.Mode.STRICT;
    Installer installer =
        new Installer(
            instrumentation,
            loader,
            cache(settings),
            strict,
            settings.controlTls().holdsFor(control),
            (line, e) -> log.warn(line + ": " + e));
    if (strict) {
      Adapters.refuseWhatFails();
    }
    Adapters.awaitUpTo(settings.firstCallWaitNanos());
    Adapters.onFirstFailure(e -> log.failure("a call failed in the agent", e));
    CallMetrics metrics = new CallMetrics();
    InboundRequests.use(
        new Propagation(settings.propagateHeaders(), metrics::contextHeaderDropped),
        e -> log.failure("calls of a request inherit nothing", e));
    Authorization authorization =
        new Authorization(log::info, System::nanoTime, System::currentTimeMillis);
    authorization.await(
        settings.firstCallWaitNanos(),
        strict,
        e -> log.failure("a request is refused, for it could not be judged", e));
    installer.install();
    Thread rest =
        new Thread(
            () -> connectOrSay(settings, control, log, installer, metrics, authorization),
            "heddle-start");
    rest.setDaemon(true);
    rest.start();
  }

  private static void connectOrSay(
      AgentSettings settings,
      AgentSettings.Address control,
      AgentLog log,
      Installer installer,
      CallMetrics metrics,
      Authorization authorization) {
    try {
      connect(settings, control, log, installer, metrics, authorization);
    } catch (Throwable e) { // the app goes on unmanaged
      log.failure("not active, the app runs as MODE=" + settings.mode() + " says", e);
    }
  }

  private static void connect(
      AgentSettings settings,
      AgentSettings.Address control,
      AgentLog log,
      Installer installer,
      CallMetrics metrics,
      Authorization authorization) {
    RandomSource random = bound -> ThreadLocalRandom.current().nextInt(bound);
    Router router = new Router(Source.of(settings.namespace(), settings.labels(), ""), random);
    WorkloadIdentity identity = identity(settings, control, random, log);
    Discovery discovery =
        new Discovery(
            router, log, identity == null ? bundle -> {} : identity::trusts, authorization::use);
    DiscoveryClient client =
        new DiscoveryClient(
            identity == null
                ? ControlEndpoint.plaintext(control.host(), control.port())
                : identity.control(),
            client(settings),
            state(settings),
            random,
            discovery);
    ScheduledExecutorService timers = timers();
    Adapters.use(
        new CallPipeline(
            router,
            client::follow,
            new Exclusions(settings.excludeHosts(), settings.excludePorts()),
            settings.firstCallWaitNanos(),
            random,
            timers,
            metrics));
    client.start();
    if (identity != null) {
      identity.start();
    }
    AgentSettings.Address admin = settings.admin();
    if (admin != null) {
      new AdminPages(
              installer.hooks(),
              discovery,
              client::versions,
              router,
              metrics,
              authorization,
              identity)
          .serve(admin, timers, log);
    }
  }

  /** null: no TLS, no identity. */
  private static @Nullable WorkloadIdentity identity(
      AgentSettings settings, AgentSettings.Address control, RandomSource random, AgentLog log) {
    return settings.controlTls().holdsFor(control)
        ? new WorkloadIdentity(
            control.host(),
            control.port(),
            Paths.get(settings.controlCa()),
            Paths.get(settings.tokenFile()),
            System::currentTimeMillis,
            random,
            log)
        : null;
  }

  private static ClientIdentity client(AgentSettings settings) {
    return ClientIdentity.of(
        settings.workload().isEmpty()
            ? HostName.of(System.getenv(), HostName.KERNEL)
            : settings.workload(),
        settings.namespace(),
        settings.serviceAccount(),
        settings.labels(),
        version());
  }

  /** As the manifest of the agent's jar tells it. */
  private static String version() {
    return String.valueOf(HeddleAgent.class.getPackage().getImplementationVersion());
  }

  private static @Nullable Path state(AgentSettings settings) {
    return settings.stateDir().isEmpty() ? null : Paths.get(settings.stateDir());
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
            version(),
            settings.mode().toString(),
            Long.toString(jar.length()),
            Long.toString(jar.lastModified()),
            System.getProperty("java.vm.vendor", ""),
            System.getProperty("java.vm.version", ""));
    return WeaveCache.read(new File(settings.stateDir(), WOVEN_FILE), key);
  }

  private static ScheduledExecutorService timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "heddle-timers");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true); // else each call's timeout is kept until its time
    return timers;
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name));
    }
    return properties;
  }
}
