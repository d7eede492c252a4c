package dev.heddle.control.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the objects of one kind: a list, then a watch, and both again when it breaks. */
final class KindWatch implements AutoCloseable {

  /** Objects of one page of a list: some MiB of pods, which the server sends within a second. */
  static final long PAGE = 500;

  private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);

  private final String kind;
  private final String resource;
  private final ClusterContent content;
  private final SharedIndexInformer<?> informer;
  private volatile boolean closed;

  private KindWatch(
      String kind, String resource, ClusterContent content, SharedIndexInformer<?> informer) {
    this.kind = kind;
    this.resource = resource;
    this.content = content;
    this.informer = informer;
  }

  /**
   * Starts at once and does not give up.
   *
   * @param resource as RBAC names it, for messages
   * @param empty makes an object of the kind that says nothing
   */
  static <T extends HasMetadata> KindWatch start(
      String kind,
      String resource,
      ClusterContent content,
      SharedIndexInformer<T> informer,
      Supplier<T> empty,
      FeedingStore.Sink<T> sink) {
    KindWatch watch = new KindWatch(kind, resource, content, informer);
    informer
        .removeNamespaceIndex()
        .itemStore(new FeedingStore<>(empty, sink))
        .exceptionHandler((started, failure) -> watch.failed(failure))
        .start();
    return watch;
  }

  /** Whether all objects were read once. */
  boolean isSynced() {
    return informer.hasSynced();
  }

  String kind() {
    return kind;
  }

  String resource() {
    return resource;
  }

  /** Says that it goes on, if it does. */
  void tellHealth() {
    if (informer.isWatching()) {
      content.recovered(kind);
    }
  }

  private boolean failed(Throwable failure) {
    if (!closed) {
      String reason = reason(failure);
      LOG.debug("{} cannot be read", resource, failure);
      content.failed(kind, reason);
    }
    return !closed;
  }

  private String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && !(deepest instanceof KubernetesClientException)) {
      deepest = deepest.getCause();
    }
    if (deepest instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
      return "cannot be read: this service account may not list and watch "
          + resource
          + "; bind it to ClusterRole heddle-control-watch";
    }
    return "cannot be read, what was read before holds: " + deepest.getMessage();
  }

  @Override
  public void close() {
    closed = true;
    informer.stop();
  }
}
