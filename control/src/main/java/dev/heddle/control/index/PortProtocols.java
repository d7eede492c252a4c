package dev.heddle.control.index;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the declared protocol of a service port means, as Istio's "Protocol Selection" has it: http
 * routes of a VirtualService do not hold where it says that something else is spoken. A port that
 * declares nothing, or what nobody knows, is looked into.
 */
final class PortProtocols {

  private static final Set<String> OPAQUE =
      Set.of("tcp", "udp", "https", "tls", "mongo", "redis", "mysql");

  private PortProtocols() {}

  /** Of a Kubernetes Service: {@code appProtocol} says it, else the port's name up to a dash. */
  static boolean isOpaque(String appProtocol, String portName) {
    return isOpaque(appProtocol.isEmpty() ? portName.split("-", 2)[0] : appProtocol);
  }

  /** Of a ServiceEntry: {@code ports[].protocol}. */
  static boolean isOpaque(@Nullable String protocol) {
    return protocol != null && OPAQUE.contains(protocol.toLowerCase(Locale.ROOT));
  }
}
