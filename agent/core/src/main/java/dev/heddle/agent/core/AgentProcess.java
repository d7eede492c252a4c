package dev.heddle.agent.core;

import dev.heddle.agent.bootstrap.HeddleAgent;
import dev.heddle.agent.core.admin.AdminPages;
import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallMetrics;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.Exclusions;
import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.context.Propagation;
import dev.heddle.agent.core.identity.LateIdentity;
import dev.heddle.agent.core.identity.WorkloadIdentity;
import dev.heddle.agent.core.inbound.Authorization;
import dev.heddle.agent.core.inbound.InboundConnection;
import dev.heddle.agent.core.inbound.InboundGate;
import dev.heddle.agent.core.install.Installer;
import dev.heddle.agent.core.settings.AgentSettings;
import dev.heddle.agent.core.socket.AddressQuestions;
import dev.heddle.agent.core.socket.Handshakes;
import dev.heddle.agent.core.socket.MeshTls;
import dev.heddle.agent.core.socket.PeerConnection;
import dev.heddle.agent.core.socket.PlainConnections;
import dev.heddle.agent.core.socket.Refusals;
import dev.heddle.agent.core.socket.SocketLayer;
import dev.heddle.agent.core.socket.SocketMetrics;
import dev.heddle.agent.core.socket.WorkloadConnections;
import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of the agent in this process, and in which order they begin. */
final class AgentProcess {

  private final AgentSettings settings;
  private final AgentSettings.Address control;
  private final AgentLog log;
  private final Installer installer;
  private final RandomSource random = bound -> ThreadLocalRandom.current().nextInt(bound);
  private final CallMetrics metrics = new CallMetrics();
  private final SocketMetrics sockets = new SocketMetrics();
  private final LateIdentity lateIdentity = new LateIdentity();
  private final Authorization authorization;
  private final Exclusions exclusions;
  private final AddressQuestions questions;
  private final WorkloadConnections connections;

  AgentProcess(
      AgentSettings settings, AgentSettings.Address control, AgentLog log, Installer installer) {
    this.settings = settings;
    this.control = control;
    this.log = log;
    this.installer = installer;
    this.authorization =
        new Authorization(trustsLocal(), log::info, System::nanoTime, System::currentTimeMillis);
    this.exclusions = new Exclusions(settings.excludeHosts(), settings.excludePorts());
    this.questions =
        new AddressQuestions(settings.firstCallWaitNanos(), this::isLeftAlone, sockets);
    this.connections =
        new WorkloadConnections(
            settings.excludeInboundPorts(), isStrict(), trustsLocal(), this::admits, questions);
  }

  /** Places the hooks. What they ask before the rest has begun is answered by waiting for it. */
  void beginBeforeTheApp() throws ReflectiveOperationException {
    if (isStrict()) {
      Adapters.refuseWhatFails();
    }
    Adapters.awaitUpTo(settings.firstCallWaitNanos());
    Adapters.onFirstFailure(e -> log.failure("a call failed in the agent", e));
    InboundRequests.use(
        new Propagation(settings.propagateHeaders(), metrics::contextHeaderDropped),
        counted("calls of a request inherit nothing"));
    authorization.await(
        settings.firstCallWaitNanos(),
        isStrict(),
        counted("a request is refused, for it could not be judged"));
    PlainConnections.use(new PlainConnections(connections, sockets));
    if (hasIdentity()) {
      Handshakes handshakes = new Handshakes();
      SocketLayer.use(
          new SocketLayer(
              connections,
              new MeshTls(lateIdentity),
              handshakes,
              sockets,
              new Refusals(handshakes, log::info)));
    }
    installer.install();
  }

  /** Begins to follow the control service, while the app starts. */
  void beginBesideTheApp() {
    try {
      connect();
    } catch (Throwable e) { // the app goes on unmanaged
      questions.giveUp();
      log.failure("not active, the app runs as MODE=" + settings.mode() + " says", e);
    }
  }

  private void connect() {
    Router router = new Router(Source.of(settings.namespace(), settings.labels(), ""), random);
    WorkloadIdentity identity = hasIdentity() ? identity() : null;
    Discovery discovery =
        new Discovery(
            router,
            log,
            identity == null ? bundle -> {} : identity::trusts,
            authorization,
            connections);
    DiscoveryClient client =
        new DiscoveryClient(
            identity == null
                ? ControlEndpoint.plaintext(control.host(), control.port())
                : identity.control(),
            client(),
            state(),
            random,
            discovery);
    ScheduledExecutorService timers = timers();
    Adapters.use(
        new CallPipeline(
            router,
            identity == null
                ? client::follow
                : (host, port) -> follow(client, identity, host, port),
            exclusions,
            settings.firstCallWaitNanos(),
            random,
            timers,
            metrics,
            hasIdentity()));
    client.start();
    if (identity != null) {
      questions.use((address, port) -> follow(client, identity, address, port));
      lateIdentity.use(identity.source());
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
              sockets,
              identity,
              settings.probes())
          .serve(admin, timers, log, connections::leaveAlone);
    }
  }

  /** The first calls wait for the certificate, too: without one no endpoint takes them. */
  private static CompletableFuture<Void> follow(
      DiscoveryClient client, WorkloadIdentity identity, String host, int port) {
    return CompletableFuture.allOf(client.follow(host, port), identity.firstIssued());
  }

  /** The agent's own connections must not wait for what they are made to learn. */
  private boolean isLeftAlone(InetSocketAddress remote) {
    boolean isControl =
        remote.getPort() == control.port()
            && (remote.getHostString().equalsIgnoreCase(control.host())
                || remote.getAddress().getHostAddress().equals(control.host()));
    boolean isOwn = trustsLocal() && remote.getAddress().isLoopbackAddress();
    return isControl || isOwn || exclusions.covers(remote.getHostString(), remote.getPort());
  }

  /** Where no adapter judges requests the connection is all that is judged. */
  private boolean admits(PeerConnection peer) {
    InboundConnection connection =
        InboundConnection.of(
            peer.peer(),
            IpAddress.of(peer.remote().getAddress().getAddress()),
            IpAddress.of(peer.local().getAddress().getAddress()),
            peer.local().getPort(),
            peer.sni().isEmpty() ? null : peer.sni());
    return InboundGate.judgesOn(connection.destinationPort())
        ? authorization.mayAdmit(connection)
        : authorization.admits(connection);
  }

  /** Every failure is counted, the first is told. */
  private Consumer<Throwable> counted(String consequence) {
    AtomicBoolean told = new AtomicBoolean();
    return failure -> {
      metrics.agentFailed();
      if (told.compareAndSet(false, true)) {
        log.failure(consequence, failure);
      }
    };
  }

  private boolean isStrict() {
    return settings.mode() == AgentSettings.Mode.STRICT;
  }

  private boolean trustsLocal() {
    return settings.localCalls() == AgentSettings.LocalCalls.TRUSTED;
  }

  /** Who speaks TLS to the control service is known there, and gets a certificate. */
  private boolean hasIdentity() {
    return settings.controlTls().holdsFor(control);
  }

  private WorkloadIdentity identity() {
    return new WorkloadIdentity(
        control.host(),
        control.port(),
        Paths.get(settings.controlCa()),
        Paths.get(settings.tokenFile()),
        System::currentTimeMillis,
        random,
        log);
  }

  private ClientIdentity client() {
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
  static String version() {
    return String.valueOf(HeddleAgent.class.getPackage().getImplementationVersion());
  }

  private @Nullable Path state() {
    return settings.stateDir().isEmpty() ? null : Paths.get(settings.stateDir());
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
}
