package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.rules.PeerAuthentication;
import dev.heddle.rules.security.MutualTls;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a workload takes. Istio: its own policy before its namespace's before the
 * mesh's, of several the oldest; what one leaves unset the wider one says.
 */
final class PeerAuthentications {

  /** What is settled for one workload. */
  record Modes(MutualTlsMode mode, SortedMap<Integer, MutualTlsMode> ports) {
    MutualTlsMode at(int port) {
      return ports.getOrDefault(port, mode);
    }
  }

  private final List<PeerAuthentication> oldestFirst;
  private final String root;

  PeerAuthentications(ConfigState state) {
    root = state.mesh().rootNamespace();
    oldestFirst =
        state
            .rules(PeerAuthentication.class)
            .sorted(Comparator.comparing(PeerAuthentication::metadata, RuleLookup.OLDEST_FIRST))
            .toList();
  }

  Modes of(String namespace, Map<String, String> labels) {
    boolean inRoot = namespace.equals(root);
    MutualTlsMode mode = mode(first(root, p -> !hasSelector(p)), MutualTlsMode.PERMISSIVE);
    mode = inRoot ? mode : mode(first(namespace, p -> !hasSelector(p)), mode);
    // Istio: in the root namespace a selector is of no effect.
    Optional<PeerAuthentication> own =
        inRoot ? Optional.empty() : first(namespace, p -> hasSelector(p) && selects(p, labels));
    mode = mode(own, mode);
    SortedMap<Integer, MutualTlsMode> ports = new TreeMap<>();
    if (own.isPresent()) {
      for (Map.Entry<String, MutualTls> port : own.get().spec().portLevelMtls().entrySet()) {
        ports.put(Integer.valueOf(port.getKey()), mode(port.getValue(), mode));
      }
    }
    return new Modes(mode, ports);
  }

  private Optional<PeerAuthentication> first(
      String namespace, Predicate<PeerAuthentication> wanted) {
    return oldestFirst.stream()
        .filter(p -> p.metadata().namespace().equals(namespace))
        .filter(wanted)
        .findFirst();
  }

  static boolean hasSelector(PeerAuthentication policy) {
    return policy.spec().selector() != null && !policy.spec().selector().matchLabels().isEmpty();
  }

  private static boolean selects(PeerAuthentication policy, Map<String, String> labels) {
    return Selection.selects(policy.spec().selector(), labels);
  }

  private static MutualTlsMode mode(Optional<PeerAuthentication> policy, MutualTlsMode inherited) {
    return policy.map(p -> mode(p.spec().mtls(), inherited)).orElse(inherited);
  }

  private static MutualTlsMode mode(@Nullable MutualTls tls, MutualTlsMode inherited) {
    if (tls == null || tls.mode() == null) {
      return inherited;
    }
    return switch (tls.mode()) {
      case UNSET -> inherited;
      case DISABLE -> MutualTlsMode.DISABLE;
      case PERMISSIVE -> MutualTlsMode.PERMISSIVE;
      case STRICT -> MutualTlsMode.STRICT;
    };
  }
}
