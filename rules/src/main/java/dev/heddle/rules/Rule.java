package dev.heddle.rules;

/** An object of one of Istio's kinds. */
public sealed interface Rule
    permits VirtualService,
        DestinationRule,
        ServiceEntry,
        WorkloadEntry,
        PeerAuthentication,
        AuthorizationPolicy,
        RequestAuthentication,
        Gateway,
        Sidecar,
        Telemetry {

  /** Who it is. */
  Metadata metadata();

  /** What it says. */
  Record spec();

  /** Its kind, as in YAML. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
