package dev.heddle.control;

import dev.heddle.control.admin.AdminServer;
import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.jwks.DiscoveredKeySetSource;
import dev.heddle.control.jwks.FetchedKeySets;
import dev.heddle.control.jwks.HttpKeySetSource;
import dev.heddle.control.serve.DiscoveryServer;
import dev.heddle.control.serve.IndexView;
import dev.heddle.control.serve.ResourceView;
import dev.heddle.control.serve.SecurePort;
import dev.heddle.control.serve.TrustingView;
import dev.heddle.control.watch.ConfigProblem;
import dev.heddle.control.watch.DirectoryWatch;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control service put together: configuration in, discovery and admin pages out. */
final class Control implements AutoCloseable, AdminServer.Source {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control");
  private static final long CLIENTS_TIMEOUT_SECONDS = 5;

  private final ControlMetrics metrics = new ControlMetrics();
  private final HttpKeySetSource issuers = new HttpKeySetSource();
  private final FetchedKeySets keys =
      new FetchedKeySets(new DiscoveredKeySetSource(issuers), this::keysChanged);
  private final String trustDomain;
  private final @Nullable MeshAuthority authority;
  private final DiscoveryServer discovery;
  private final AdminServer admin;
  private final Closeable watch;
  private final @Nullable ClusterSide cluster;
  private volatile ConfigState state = ConfigState.EMPTY;
  private volatile List<ConfigProblem> problems = List.of();
  private volatile MeshIndex index = new MeshIndex(ConfigState.EMPTY);
  private volatile boolean ready;
  private ResourceView rules = ResourceView.EMPTY;

  /** Starts everything or nothing; IOException says what could not be opened. */
  Control(ControlSettings settings) throws IOException {
    cluster =
        settings.source() instanceof ControlSettings.Kubernetes in ? ClusterSide.open(in) : null;
    ControlSettings.Tls tls = tls(settings);
    trustDomain = tls == null ? MeshIndex.DEFAULT_TRUST_DOMAIN : tls.authority().trustDomain();
    authority = tls == null ? null : open(tls.authority());
    discovery =
        new DiscoveryServer(
            settings.grpc(), tls == null || authority == null ? null : port(tls, authority));
    AdminServer pages = null;
    Closeable followed = null;
    try {
      pages = AdminServer.start(settings.http(), this, metrics.registry());
      followed = follow(settings.source());
      discovery.listen();
      answer(settings);
    } catch (IOException | RuntimeException e) {
      closeAll(followed, pages, discovery, authority, cluster);
      closeKeys();
      throw e;
    }
    admin = pages;
    watch = followed;
    if (authority != null) {
      authority.follow(this::rootsChanged);
    }
    if (cluster != null) {
      cluster.ready();
    }
    ready = true;
  }

  private MeshAuthority open(AuthoritySettings settings) throws IOException {
    return cluster == null
        ? MeshAuthority.open(settings, metrics.authority(), InstantSource.system())
        : cluster.authority(
            settings, metrics.authority(), (address, identity) -> index.caller(address, identity));
  }

  private void rootsChanged() {
    show();
    if (cluster != null) {
      cluster.rootsChanged();
    }
  }

  private ControlSettings.@Nullable Tls tls(ControlSettings settings) throws IOException {
    ControlSettings.Tls tls = settings.tls();
    return tls == null || cluster == null
        ? tls
        : new ControlSettings.Tls(tls.address(), cluster.settings(tls.authority()));
  }

  /** In a cluster this waits until all that it holds has been read. */
  private Closeable follow(ControlSettings.Source source) throws IOException {
    return switch (source) {
      case ControlSettings.Directory directory ->
          DirectoryWatch.start(directory.path(), this::changed);
      case ControlSettings.Kubernetes in -> Objects.requireNonNull(cluster).follow(this::changed);
    };
  }

  private void answer(ControlSettings settings) throws IOException {
    if (settings.source() instanceof ControlSettings.Kubernetes in && in.webhooks() != null) {
      if (authority == null) {
        throw new IOException("--webhooks needs --ca-dir, whose authority the API server believes");
      }
      Objects.requireNonNull(cluster).answer(in.webhooks(), authority, metrics.admission());
    }
  }

  private SecurePort port(ControlSettings.Tls tls, MeshAuthority from) {
    return new SecurePort(
        tls.address(),
        from.serverKeys(),
        from.authenticator(),
        from.authority(),
        from.impersonation((node, identity) -> index.hosts(node, identity)),
        metrics.authority());
  }

  int grpcPort() {
    return discovery.port();
  }

  int tlsPort() {
    return discovery.securePort();
  }

  int webhooksPort() {
    return cluster == null ? 0 : cluster.webhooksPort();
  }

  int httpPort() {
    return admin.port();
  }

  private void changed(ConfigState next, List<ConfigProblem> now) {
    Set<ConfigProblem> before = new LinkedHashSet<>(problems);
    state = next;
    problems = now;
    MeshIndex indexed = index(next);
    index = indexed;
    keys.retain(indexed.keySetUrls());
    show(new IndexView(indexed));
    long errors = now.stream().filter(ConfigProblem::error).count();
    metrics.changed(next.objects().size(), errors, now.size() - errors);
    now.stream().filter(problem -> !before.contains(problem)).forEach(Control::log);
    before.removeAll(new HashSet<>(now));
    before.forEach(problem -> LOG.info("no longer: {}", problem));
  }

  private MeshIndex index(ConfigState of) {
    return new MeshIndex(of, trustDomain, keys);
  }

  /** Keys of token issuers are others than before. */
  private void keysChanged() {
    show(new IndexView(index(state)));
  }

  private synchronized void show(ResourceView next) {
    rules = next;
    show();
  }

  /** Rules and roots change on threads of their own. */
  private synchronized void show() {
    discovery.show(
        authority == null
            ? rules
            : new TrustingView(rules, authority.trustDomain(), authority.roots()));
  }

  private static void log(ConfigProblem problem) {
    if (problem.error()) {
      LOG.error("{}; its previous version, if there was one, stays in force", problem);
    } else {
      LOG.warn("{}", problem);
    }
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Object config() {
    return Map.of(
        "objects", List.copyOf(state.objects().values()),
        "problems", problems.stream().map(ConfigProblem::toString).toList());
  }

  @Override
  public Object clients() throws Exception {
    return discovery.clients().get(CLIENTS_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Object authority() {
    return authority == null ? Map.of() : authority.status();
  }

  @Override
  public void close() throws IOException {
    closeKeys();
    closeAll(watch, admin, discovery, authority, cluster);
  }

  private static void closeAll(
      @Nullable Closeable watch,
      @Nullable AdminServer admin,
      DiscoveryServer discovery,
      @Nullable MeshAuthority authority,
      @Nullable ClusterSide cluster)
      throws IOException {
    if (authority != null) {
      authority.close();
    }
    if (watch != null) {
      watch.close();
    }
    if (admin != null) {
      admin.close();
    }
    discovery.close();
    if (cluster != null) {
      cluster.close();
    }
  }

  private void closeKeys() {
    keys.close();
    issuers.close();
  }
}
