package dev.heddle.control.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store of an informer that hands on what it is given and keeps the names and versions alone,
 * by which the informer tells what is new. Handed on in the order of events, before a list counts
 * as read.
 */
final class FeedingStore<T extends HasMetadata> implements ItemStore<T> {

  /** Takes what the API server says of a kind. */
  interface Sink<T> {

    /** The object is new or another than before. */
    void put(T object);

    /** The object is gone. */
    void remove(String namespace, String name);
  }

  private final Map<String, T> versions = new ConcurrentHashMap<>();
  private final Supplier<T> empty;
  private final Sink<T> sink;

  FeedingStore(Supplier<T> empty, Sink<T> sink) {
    this.empty = empty;
    this.sink = sink;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    T before = versions.put(key, version(object.getMetadata()));
    boolean same =
        before != null
            && before
                .getMetadata()
                .getResourceVersion()
                .equals(object.getMetadata().getResourceVersion());
    if (!same) {
      sink.put(object);
    }
    return before;
  }

  private T version(ObjectMeta of) {
    T version = empty.get();
    version.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(of.getNamespace())
            .withName(of.getName())
            .withResourceVersion(of.getResourceVersion())
            .build());
    return version;
  }

  @Override
  public @Nullable T remove(String key) {
    T before = versions.remove(key);
    if (before != null) {
      sink.remove(before.getMetadata().getNamespace(), before.getMetadata().getName());
    }
    return before;
  }

  @Override
  public Stream<String> keySet() {
    return versions.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return versions.values().stream();
  }

  @Override
  public int size() {
    return versions.size();
  }

  @Override
  public @Nullable T get(String key) {
    return versions.get(key);
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
