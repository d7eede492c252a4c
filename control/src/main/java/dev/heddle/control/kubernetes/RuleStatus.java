package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes conditions into the status of rules where they say something else: by the leader alone,
 * with server-side apply, five a second at most. For any thread.
 */
public final class RuleStatus implements AutoCloseable {

  /** Between two writes: ten thousand rules take half an hour, and the server hardly notices. */
  private static final Duration PACE = Duration.ofMillis(200);

  /** After a write that the server refused. */
  private static final Duration BACK_OFF = Duration.ofSeconds(10);

  private static final String MANAGER = "heddle-control";
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(MANAGER)
          .withForce(true)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(RuleStatus.class);

  private record Of(String kind, String namespace, String name) {}

  private final KubernetesClient client;
  private final BooleanSupplier leader;
  private final InstantSource clock;

  /** What is to be written, the longest waiting first; as many as there are rules at most. */
  private final SequencedMap<Of, RuleVerdict> pending = new LinkedHashMap<>();

  /** Kinds whose definition has no status. */
  private final Set<String> without = new HashSet<>();

  private final Thread thread = new Thread(this::run, "heddle-status");
  private String lastFailure = "";

  /** Writes while leader says so, once it is started. */
  public RuleStatus(Connection connection, BooleanSupplier leader, InstantSource clock) {
    client = connection.client();
    this.leader = leader;
    this.clock = clock;
  }

  /** Writes from now on. */
  public void start() {
    thread.start();
  }

  /** A rule was judged. */
  public synchronized void judged(RuleVerdict verdict) {
    Of of = new Of(verdict.kind(), verdict.namespace(), verdict.name());
    pending.remove(of);
    if (!verdict.isTold() && !without.contains(verdict.kind())) {
      pending.put(of, verdict);
    }
  }

  /** A rule is gone. */
  public synchronized void removed(String kind, String namespace, String name) {
    pending.remove(new Of(kind, namespace, name));
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PACE);
        RuleVerdict next = leader.getAsBoolean() ? next() : null;
        if (next != null) {
          write(next);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop");
    }
  }

  private synchronized @Nullable RuleVerdict next() {
    Map.Entry<Of, RuleVerdict> first = pending.pollFirstEntry();
    return first == null ? null : first.getValue();
  }

  private void write(RuleVerdict verdict) throws InterruptedException {
    try {
      client
          .genericKubernetesResources(kind(verdict))
          .inNamespace(verdict.namespace())
          .resource(patch(verdict))
          .subresource("status")
          .patch(APPLY);
      lastFailure = "";
    } catch (KubernetesClientException e) {
      failed(verdict, e);
    } catch (RuntimeException e) {
      // One verdict must not end the thread that writes all others.
      LOG.error("status of {} {} is not written", verdict.kind(), verdict.name(), e);
      Thread.sleep(BACK_OFF);
    }
  }

  private void failed(RuleVerdict verdict, KubernetesClientException e)
      throws InterruptedException {
    boolean gone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    if (gone && exists(verdict)) {
      LOG.warn(
          "{} have no status to write to: their definition has no such subresource",
          verdict.plural());
      giveUp(verdict.kind());
    }
    if (gone) {
      return;
    }
    String failure = reason(e);
    if (!failure.equals(lastFailure)) {
      LOG.warn("status of {} cannot be written: {}", verdict.plural(), failure);
      lastFailure = failure;
    }
    again(verdict);
    Thread.sleep(BACK_OFF);
  }

  private static String reason(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? "this service account may not; bind it to ClusterRole heddle-control-status"
        : String.valueOf(e.getMessage());
  }

  private boolean exists(RuleVerdict verdict) {
    return client
            .genericKubernetesResources(kind(verdict))
            .inNamespace(verdict.namespace())
            .withName(verdict.name())
            .get()
        != null;
  }

  private synchronized void giveUp(String kind) {
    without.add(kind);
    pending.keySet().removeIf(of -> of.kind.equals(kind));
  }

  /** Unless something newer was said meanwhile. */
  private synchronized void again(RuleVerdict verdict) {
    pending.putIfAbsent(new Of(verdict.kind(), verdict.namespace(), verdict.name()), verdict);
  }

  private static ResourceDefinitionContext kind(RuleVerdict verdict) {
    String[] parts = verdict.apiVersion().split("/", 2);
    return new ResourceDefinitionContext.Builder()
        .withGroup(parts[0])
        .withVersion(parts[1])
        .withKind(verdict.kind())
        .withPlural(verdict.plural())
        .withNamespaced(true)
        .build();
  }

  private GenericKubernetesResource patch(RuleVerdict verdict) {
    List<Map<String, Object>> conditions =
        verdict.conditions().stream().map(c -> condition(c, verdict)).toList();
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(verdict.apiVersion())
        .withKind(verdict.kind())
        .withNewMetadata()
        .withNamespace(verdict.namespace())
        .withName(verdict.name())
        .endMetadata()
        .addToAdditionalProperties("status", Map.of("conditions", conditions))
        .build();
  }

  private Map<String, Object> condition(RuleVerdict.Condition condition, RuleVerdict verdict) {
    Map<String, Object> there = verdict.seen(condition.type());
    String status = RuleVerdict.status(condition.status());
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    boolean same = status.equals(there.get("status"));
    Map<String, Object> written = new HashMap<>();
    written.put("type", condition.type());
    written.put("status", status);
    written.put("reason", condition.reason());
    written.put("message", condition.message());
    written.put("observedGeneration", verdict.generation());
    written.put("lastTransitionTime", same ? there.getOrDefault("lastTransitionTime", now) : now);
    return written;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
