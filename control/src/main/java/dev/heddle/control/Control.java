package dev.heddle.control;

import dev.heddle.control.admin.AdminServer;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.serve.DiscoveryServer;
import dev.heddle.control.serve.IndexView;
import dev.heddle.control.watch.ConfigProblem;
import dev.heddle.control.watch.DirectoryWatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control service put together: a directory in, discovery and admin pages out. */
final class Control implements AutoCloseable, AdminServer.Source {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control");
  private static final long CLIENTS_TIMEOUT_SECONDS = 5;

  private final ControlMetrics metrics = new ControlMetrics();
  private final DiscoveryServer discovery;
  private final AdminServer admin;
  private final DirectoryWatch watch;
  private volatile ConfigState state = ConfigState.EMPTY;
  private volatile List<ConfigProblem> problems = List.of();
  private volatile boolean ready;

  /** Starts everything or nothing; IOException says what could not be opened. */
  Control(Path directory, InetSocketAddress grpc, InetSocketAddress http) throws IOException {
    discovery = new DiscoveryServer(grpc);
    AdminServer pages = null;
    DirectoryWatch followed = null;
    try {
      pages = AdminServer.start(http, this, metrics.registry());
      followed = DirectoryWatch.start(directory, this::changed);
      discovery.listen();
    } catch (IOException | RuntimeException e) {
      closeAll(followed, pages, discovery);
      throw e;
    }
    admin = pages;
    watch = followed;
    ready = true;
  }

  int grpcPort() {
    return discovery.port();
  }

  int httpPort() {
    return admin.port();
  }

  private void changed(ConfigState next, List<ConfigProblem> now) {
    Set<ConfigProblem> before = new LinkedHashSet<>(problems);
    state = next;
    problems = now;
    discovery.show(new IndexView(new MeshIndex(next)));
    long errors = now.stream().filter(ConfigProblem::error).count();
    metrics.changed(next.objects().size(), errors, now.size() - errors);
    now.stream().filter(problem -> !before.contains(problem)).forEach(Control::log);
    before.removeAll(new HashSet<>(now));
    before.forEach(problem -> LOG.info("no longer: {}", problem));
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
  public void close() throws IOException {
    closeAll(watch, admin, discovery);
  }

  private static void closeAll(
      @Nullable DirectoryWatch watch, @Nullable AdminServer admin, DiscoveryServer discovery)
      throws IOException {
    if (watch != null) {
      watch.close();
    }
    if (admin != null) {
      admin.close();
    }
    discovery.close();
  }
}
