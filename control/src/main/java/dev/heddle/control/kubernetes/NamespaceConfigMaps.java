package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what pods mount, the roots of the mesh first of all, as ConfigMaps in every namespace while
 * it runs: one replica's work. Each change leads to a look at all namespaces, so that no event has
 * to be right.
 */
public final class NamespaceConfigMaps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.kubernetes");

  /** As whom the API server knows the owner of the keys. */
  private static final String MANAGER = "heddle-control";

  /** Changes within this time are looked at together. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** What failed is tried again after this. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Until the same one is written again: somebody else who keeps it otherwise is no hot loop. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** What one of them shall hold, and what those that there are hold. */
  private record Kept(Supplier<Map<String, String>> data, SharedIndexInformer<ConfigMap> there) {}

  private final KubernetesClient client;
  private final InstantSource clock;
  private final SharedIndexInformer<Namespace> namespaces;
  private final Map<String, Kept> kept = new TreeMap<>();
  private final Map<String, Instant> written = new HashMap<>();
  private final AtomicBoolean planned = new AtomicBoolean();
  private final ScheduledExecutorService writing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heddle-config-maps").daemon().factory());

  private NamespaceConfigMaps(
      KubernetesClient client,
      Map<String, Supplier<Map<String, String>>> wanted,
      InstantSource clock) {
    this.client = client;
    this.clock = clock;
    namespaces = client.namespaces().runnableInformer(0);
    wanted.forEach((name, data) -> kept.put(name, new Kept(data, informer(name))));
  }

  private SharedIndexInformer<ConfigMap> informer(String name) {
    return client
        .configMaps()
        .inAnyNamespace()
        .withField("metadata.name", name)
        .runnableInformer(0);
  }

  /**
   * Keeps them from now on.
   *
   * @param wanted by the name of a ConfigMap its data, as it is at each call
   */
  public static NamespaceConfigMaps start(
      Connection connection,
      Map<String, Supplier<Map<String, String>>> wanted,
      InstantSource clock) {
    NamespaceConfigMaps started = new NamespaceConfigMaps(connection.client(), wanted, clock);
    started.follow();
    return started;
  }

  /** Waits for no API server that is away: what cannot be listed yet is tried again. */
  private void follow() {
    AnyChange change = new AnyChange(this::changed);
    start(namespaces, change);
    kept.values().forEach(each -> start(each.there(), change));
    Future<?> unused =
        writing.scheduleWithFixedDelay(
            this::changed, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T extends HasMetadata> void start(
      SharedIndexInformer<T> informer, AnyChange change) {
    Future<?> unused =
        informer
            .addEventHandler(change)
            .exceptionHandler((started, failure) -> toBeTriedAgain(failure))
            .start()
            .toCompletableFuture();
  }

  private static boolean toBeTriedAgain(Throwable failure) {
    LOG.warn(
        "what namespaces hold cannot be followed, tried again: {} (expected: a ServiceAccount with"
            + " the ClusterRole heddle-trust-bundles)",
        failure.getMessage());
    return true;
  }

  /** What is wanted, a namespace or a ConfigMap is another than before. */
  public void changed() {
    if (planned.compareAndSet(false, true)) {
      try {
        Future<?> unused = writing.schedule(this::writeAll, SOON.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        return; // closed: another replica goes on
      }
    }
  }

  private void writeAll() {
    planned.set(false);
    Instant longAgo = clock.instant().minus(PAUSE);
    written.values().removeIf(longAgo::isAfter);
    if (!namespaces.hasSynced()) {
      return;
    }
    try {
      kept.forEach(
          (name, each) -> {
            if (each.there().hasSynced()) {
              write(name, each.data().get(), each.there());
            }
          });
    } catch (RuntimeException e) {
      LOG.error("not every namespace has its ConfigMaps, tried again in 10 s", e);
    }
  }

  private void write(String name, Map<String, String> data, SharedIndexInformer<ConfigMap> there) {
    for (Namespace namespace : namespaces.getStore().list()) {
      String in = namespace.getMetadata().getName();
      if (!isEnding(namespace) && !holds(there.getStore().getByKey(in + "/" + name), data)) {
        apply(in, name, data);
      }
    }
  }

  /** Other keys of the ConfigMap are not ours. */
  private static boolean holds(@Nullable ConfigMap there, Map<String, String> data) {
    return there != null
        && there.getData() != null
        && there.getData().entrySet().containsAll(data.entrySet());
  }

  private static boolean isEnding(Namespace namespace) {
    return namespace.getMetadata().getDeletionTimestamp() != null;
  }

  private void apply(String namespace, String name, Map<String, String> data) {
    if (written.putIfAbsent(namespace + "/" + name, clock.instant()) != null) {
      return;
    }
    ConfigMap configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withData(data)
            .build();
    try {
      client.resource(configMap).fieldManager(MANAGER).forceConflicts().serverSideApply();
    } catch (KubernetesClientException e) {
      LOG.warn(
          "ConfigMap {}/{} cannot be written, tried again in {} s: {}",
          namespace,
          name,
          AGAIN.toSeconds(),
          e.getMessage());
    }
  }

  @Override
  public void close() {
    namespaces.close();
    kept.values().forEach(each -> each.there().close());
    writing.shutdownNow();
  }
}
