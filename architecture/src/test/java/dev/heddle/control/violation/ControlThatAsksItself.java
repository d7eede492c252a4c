package dev.heddle.control.violation;

import dev.heddle.control.client.DiscoveryClient;

/** A service that is its own client. */
public interface ControlThatAsksItself {

  /** Names a type of the client. */
  void ask(DiscoveryClient client);
}
