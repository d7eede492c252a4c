package dev.heddle.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.index.MeshIndex;
import dev.heddle.policy.snapshot.HostEndpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand pods and two thousand services with ten endpoints each, as an API server sends. */
class ClusterScaleTest {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterScaleTest.class);
  private static final int PODS = 10_000;
  private static final int SERVICES = 2_000;
  private static final int NAMESPACES = 50;
  private static final int ENDPOINTS_PER_SERVICE = 10;
  private static final long MAX_HEAP = 400L * 1024 * 1024;

  /** With cores that others use, too; alone it is a fraction. */
  private static final long MAX_INDEX_MILLIS = 1_000;

  private final KubernetesSerialization json = new KubernetesSerialization();
  private final ClusterContent content = new ClusterContent(() -> {});
  private final FeedingStore<Pod> pods =
      new FeedingStore<>(Pod::new, ClusterObjects.typed(content, "Pod", KubernetesObjects::pod));
  private final FeedingStore<Service> services =
      new FeedingStore<>(
          Service::new, ClusterObjects.typed(content, "Service", KubernetesObjects::service));
  private final FeedingStore<EndpointSlice> slices =
      new FeedingStore<>(
          EndpointSlice::new,
          ClusterObjects.typed(content, "EndpointSlice", KubernetesObjects::slice));

  private static String address(int pod) {
    return "10." + (pod >> 16) + "." + ((pod >> 8) & 0xff) + "." + (pod & 0xff);
  }

  private void pod(int i, int version) {
    String text =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"app-%1$d-5d6f7c8b9-x%1$d","namespace":"team-%2$d",
         "uid":"0b3e9a52-8a5a-4a6e-9d3f-%1$012d","resourceVersion":"%3$d",
         "labels":{"app":"app-%4$d","version":"v1","pod-template-hash":"5d6f7c8b9",
         "app.kubernetes.io/name":"app-%4$d","app.kubernetes.io/part-of":"shop","security.istio.io/tlsMode":"istio"},
         "managedFields":[{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z",
         "fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{}}},"subresource":"status"}]},
         "spec":{"serviceAccountName":"app-%4$d","nodeName":"worker-%5$d","containers":[{"name":"app",
         "image":"registry.example/app:1","env":[{"name":"A","value":"b"}],
         "ports":[{"name":"http","containerPort":8080},{"name":"admin","containerPort":9090}]}]},
         "status":{"phase":"Running","podIP":"%6$s","podIPs":[{"ip":"%6$s"}],
         "conditions":[{"type":"Ready","status":"True"}]}}
        """
            .formatted(i, i % NAMESPACES, version, i % SERVICES, i % 100, address(i));
    Pod pod = json.unmarshal(text, Pod.class);
    pods.put(pods.getKey(pod), pod);
  }

  private void service(int i) {
    String text =
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"app-%1$d","namespace":"team-%2$d","resourceVersion":"1"},
         "spec":{"clusterIP":"10.200.%3$d.%4$d","selector":{"app":"app-%1$d"},
         "ports":[{"name":"http","port":80,"targetPort":"http"}]}}
        """
            .formatted(i, i % NAMESPACES, i >> 8, i & 0xff);
    Service service = json.unmarshal(text, Service.class);
    services.put(services.getKey(service), service);
  }

  /**
   * Ready is of the first endpoint; a service has its endpoints among the pods of its namespace.
   */
  private void slice(int service, int version, boolean ready) {
    List<String> endpoints = new ArrayList<>();
    for (int i = 0; i < ENDPOINTS_PER_SERVICE; i++) {
      int pod = (service % NAMESPACES + NAMESPACES * (service * 7 + i)) % PODS;
      endpoints.add(
          """
          {"addresses":["%s"],"conditions":{"ready":%s},"nodeName":"worker-1","zone":"a",
           "targetRef":{"kind":"Pod","namespace":"team-%d","name":"app-%d-5d6f7c8b9-x%d"}}
          """
              .formatted(address(pod), i > 0 || ready, service % NAMESPACES, pod, pod));
    }
    String text =
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
         "metadata":{"name":"app-%1$d-abcde","namespace":"team-%2$d","resourceVersion":"%3$d",
         "labels":{"kubernetes.io/service-name":"app-%1$d"}},
         "ports":[{"name":"http","port":8080,"protocol":"TCP"}],"endpoints":[%4$s]}
        """
            .formatted(service, service % NAMESPACES, version, String.join(",", endpoints));
    EndpointSlice slice = json.unmarshal(text, EndpointSlice.class);
    slices.put(slices.getKey(slice), slice);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aBigClusterFitsAndAChangeIsIndexedSoon() {
    slice(0, 0, true); // whatever is loaded once is no part of it
    MeshIndex index = new MeshIndex(content.snapshot().state());
    long before = usedHeap();
    for (int i = 0; i < PODS; i++) {
      pod(i, 1);
    }
    for (int i = 0; i < SERVICES; i++) {
      service(i);
      slice(i, 1, true);
    }
    List<Long> millis = new ArrayList<>();
    for (int change = 0; change < 20; change++) {
      slice(change, change + 2, false);
      long start = System.nanoTime();
      index = new MeshIndex(content.snapshot().state());
      millis.add((System.nanoTime() - start) / 1_000_000);
    }
    long heap = usedHeap() - before;
    Collections.sort(millis);
    LOG.info("heap {} MiB, a change is indexed in {} ms", heap >> 20, millis);
    HostEndpoints endpoints =
        Objects.requireNonNull(index.endpoints("team-1", "app-1.team-1.svc.cluster.local", 80));
    assertThat(endpoints.endpoints()).hasSize(ENDPOINTS_PER_SERVICE);
    assertThat(heap).isLessThan(MAX_HEAP);
    assertThat(millis.get(millis.size() / 2)).isLessThan(MAX_INDEX_MILLIS);
  }
}
