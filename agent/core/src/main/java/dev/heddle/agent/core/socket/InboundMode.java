package dev.heddle.agent.core.socket;

/** What a port of this process accepts: PeerAuthentication's mtls.mode, resolved for the port. */
public enum InboundMode {
  /** Connections are the app's as they come; the socket layer does not look at them. */
  DISABLE,
  /** Mesh TLS, told by its ClientHello, and everything else as it comes. */
  PERMISSIVE,
  /** TLS with a client certificate of the mesh; all else is closed. */
  STRICT
}
