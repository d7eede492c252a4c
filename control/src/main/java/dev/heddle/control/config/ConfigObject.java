package dev.heddle.control.config;

import dev.heddle.rules.Rule;
import java.util.List;
import java.util.Map;

/** An object that has a part in the mesh. */
public sealed interface ConfigObject {

  /** Who it is. */
  ObjectKey key();

  /** An Istio rule. */
  record RuleObject(ObjectKey key, Rule rule) implements ConfigObject {}

  /**
   * A Kubernetes Service.
   *
   * @param selector empty where endpoints are kept by hand
   * @param exportTo annotation {@code networking.istio.io/exportTo}, empty where it is absent
   * @param addresses its virtual ones ({@code clusterIPs}); none of a headless service
   * @param externalName what it is another name of (type ExternalName), else empty
   */
  record ServiceObject(
      ObjectKey key,
      List<Port> ports,
      Map<String, String> selector,
      List<String> exportTo,
      List<String> addresses,
      String externalName)
      implements ConfigObject {}

  /**
   * A port of a Service.
   *
   * @param targetPort number on the pod; 0 where it is named or absent
   * @param appProtocol empty where it is absent
   */
  record Port(int number, String name, int targetPort, String targetPortName, String appProtocol) {}

  /** A Kubernetes EndpointSlice. */
  record SliceObject(
      ObjectKey key, String service, Map<String, Integer> ports, List<SliceEndpoint> endpoints)
      implements ConfigObject {}

  /** One endpoint of a slice; pod is empty where it stands for none. */
  record SliceEndpoint(List<String> addresses, boolean ready, String pod, String zone) {}

  /**
   * A Kubernetes Pod.
   *
   * @param addresses its main one first, none until it has one
   * @param serviceAccount as whom it runs; Kubernetes: {@code default} where it names none
   * @param node where it runs; empty before it does and once it has ended
   * @param probes what the kubelet asks of it in plaintext, as port and request target: {@code
   *     8080/healthz?x=1}
   */
  record PodObject(
      ObjectKey key,
      List<String> addresses,
      boolean ready,
      Map<String, String> labels,
      Map<String, Integer> namedPorts,
      String serviceAccount,
      String node,
      List<String> probes)
      implements ConfigObject {

    /** Its main address, empty until it has one. */
    public String address() {
      return addresses.isEmpty() ? "" : addresses.getFirst();
    }
  }
}
