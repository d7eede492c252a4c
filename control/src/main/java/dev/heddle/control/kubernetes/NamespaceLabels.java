package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The labels of each namespace, followed. */
public final class NamespaceLabels implements Function<String, Map<String, String>>, AutoCloseable {

  private final KubernetesClient client;
  private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Namespace> informer;

  /** Follows the namespaces until this is closed; those of now are known on return. */
  public NamespaceLabels(Connection connection) {
    client = connection.client();
    informer = client.namespaces().inform(new Kept());
  }

  /** None where there is no such namespace. */
  @Override
  public Map<String, String> apply(String namespace) {
    Map<String, String> known = labels.get(namespace);
    if (known != null) {
      return known;
    }
    // One that was made a moment ago; its first pods must not be missed.
    Namespace found = namespace.isEmpty() ? null : client.namespaces().withName(namespace).get();
    return found == null ? Map.of() : labelsOf(found);
  }

  private static Map<String, String> labelsOf(Namespace namespace) {
    Map<String, String> of = namespace.getMetadata().getLabels();
    return of == null ? Map.of() : Map.copyOf(of);
  }

  private final class Kept implements ResourceEventHandler<Namespace> {

    @Override
    public void onAdd(Namespace namespace) {
      labels.put(namespace.getMetadata().getName(), labelsOf(namespace));
    }

    @Override
    public void onUpdate(Namespace before, Namespace now) {
      onAdd(now);
    }

    @Override
    public void onDelete(Namespace namespace, boolean unknownFinalState) {
      labels.remove(namespace.getMetadata().getName());
    }
  }

  @Override
  public void close() {
    informer.stop();
  }
}
