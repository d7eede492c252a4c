package dev.heddle.agent.instrumentation.one.violation;

import dev.heddle.agent.instrumentation.two.violation.OtherAdapter;
import dev.heddle.control.client.DiscoveryClient;

/** Calls another adapter, and control. */
public interface AdapterThatKnowsAnother {

  /** Names a type of each. */
  void call(OtherAdapter other, DiscoveryClient control);
}
