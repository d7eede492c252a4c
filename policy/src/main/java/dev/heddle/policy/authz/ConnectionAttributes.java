package dev.heddle.policy.authz;

import dev.heddle.policy.identity.SpiffeId;
import org.jspecify.annotations.Nullable;

/** What is known of a connection when it is accepted. */
public interface ConnectionAttributes {

  /** Who the peer proved to be; null without mesh TLS. */
  @Nullable SpiffeId peer();

  /** Where it comes from. */
  IpAddress sourceAddress();

  /** Where it was accepted. */
  IpAddress destinationAddress();

  /** On which port it was accepted, 1 to 65535. */
  int destinationPort();

  /** The server name that the peer asked for; null without one. */
  @Nullable String serverName();
}
