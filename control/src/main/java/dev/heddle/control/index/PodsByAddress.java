package dev.heddle.control.index;

import static java.util.stream.Collectors.groupingBy;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods by their own addresses; those of a node's network are several pods' at once. */
final class PodsByAddress {

  private record At(IpAddress address, PodObject pod) {}

  private final Map<IpAddress, List<At>> pods;

  PodsByAddress(Stream<PodObject> all) {
    pods =
        all.filter(pod -> !pod.node().isEmpty())
            .flatMap(
                pod ->
                    pod.addresses().stream()
                        .map(IpAddress::parse)
                        .filter(address -> address != null)
                        .map(address -> new At(address, pod)))
            .collect(groupingBy(At::address));
  }

  /** The pod at an address, or null where there is none or more than one. */
  @Nullable PodObject only(IpAddress address) {
    List<At> there = pods.getOrDefault(address, List.of());
    return there.size() == 1 ? there.getFirst().pod() : null;
  }

  /** The name of the only pod at an address, if it runs as this identity; else empty. */
  String name(String address, SpiffeId identity) {
    IpAddress parsed = IpAddress.parse(address);
    PodObject pod = parsed == null ? null : only(parsed);
    return pod != null && runsAs(pod, identity) ? pod.key().name() : "";
  }

  private static boolean runsAs(PodObject pod, SpiffeId identity) {
    return pod.key().namespace().equals(identity.namespace())
        && pod.serviceAccount().equals(identity.serviceAccount());
  }
}
