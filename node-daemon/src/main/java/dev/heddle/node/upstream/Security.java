package dev.heddle.node.upstream;

import dev.heddle.policy.identity.ClientTls;
import java.util.List;

/** How the bytes to an endpoint are protected; equal ones may share connections. */
public sealed interface Security {

  /** Not at all. */
  enum Plain implements Security {
    PLAIN
  }

  /**
   * By mesh TLS.
   *
   * @param identities one of which the endpoint proves; empty: any of the mesh
   * @param serverName in Istio's form
   */
  record Mesh(List<String> identities, String serverName) implements Security {}

  /**
   * By TLS that a DestinationRule asks for.
   *
   * @param host called, whose name the server proves where the rule has none
   */
  record Originated(ClientTls tls, String host) implements Security {}
}
