package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.AgentLog;
import dev.heddle.agent.core.Discovery;
import dev.heddle.agent.core.call.CallMetrics;
import dev.heddle.agent.core.identity.WorkloadIdentity;
import dev.heddle.agent.core.inbound.Authorization;
import dev.heddle.agent.core.install.Hooks;
import dev.heddle.agent.core.settings.AgentSettings.Address;
import dev.heddle.agent.core.settings.Probe;
import dev.heddle.agent.core.socket.SocketMetrics;
import dev.heddle.policy.snapshot.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /config /certs /explain /hooks /metrics /healthz}, and probes:
 * docs/reference/agent-admin.md.
 */
public final class AdminPages {

  /** Clients that wait to be accepted; more are refused by the system. */
  private static final int BACKLOG = 8;

  private final Map<String, Function<String, String>> pages = new LinkedHashMap<>();
  private final ProbeForwarder probes;

  /**
   * Pages over what the agent holds and counts; versions as {@link ConfigPage} takes them; without
   * identity where the control service is spoken to without TLS.
   */
  public AdminPages(
      Hooks hooks,
      Discovery discovery,
      Function<String, CompletableFuture<Map<String, String>>> versions,
      Router router,
      CallMetrics metrics,
      Authorization authorization,
      SocketMetrics sockets,
      @Nullable WorkloadIdentity identity,
      Set<Probe> probes) {
    this.probes = new ProbeForwarder(probes);
    put("/healthz", () -> "ok\n");
    put("/config", new ConfigPage(discovery, versions));
    put("/certs", new CertsPage(identity));
    pages.put("/explain", new ExplainPage(authorization));
    put("/hooks", () -> text(hooks));
    Supplier<String> certificates = certificates(identity);
    put(
        "/metrics",
        new MetricsPage(
            hooks,
            discovery,
            router,
            metrics,
            () -> authorization.metrics().text() + certificates.get() + sockets.text()));
  }

  private void put(String path, Supplier<String> page) {
    pages.put(path, query -> page.get());
  }

  private static Supplier<String> certificates(@Nullable WorkloadIdentity identity) {
    return identity == null
        ? () -> ""
        : new CertificateMetrics(identity, System::currentTimeMillis);
  }

  /**
   * Opens the port, of which opened hears, on a thread of its own; a port that is taken is one line
   * in the log.
   */
  public void serve(
      Address address, ScheduledExecutorService timers, AgentLog log, IntConsumer opened) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
      opened.accept(server.getLocalPort());
      if (address.port() == 0) {
        log.info("admin pages at " + address.host() + ':' + server.getLocalPort());
      }
      Thread thread =
          new Thread(
              new AdminServer(server, new AdminAnswers(pages, probes), timers, log::warn),
              "heddle-admin");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException e) {
      log.warn(
          String.format(
              "no admin pages at %s:%d: %s; set HEDDLE_ADMIN to another host:port or off",
              address.host(), address.port(), e.getMessage()));
    }
  }

  private static String text(Hooks hooks) {
    StringBuilder text = new StringBuilder();
    hooks
        .states()
        .forEach((type, state) -> text.append(type).append(": ").append(state).append('\n'));
    return text.toString();
  }
}
