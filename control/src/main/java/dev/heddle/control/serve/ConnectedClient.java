package dev.heddle.control.serve;

import java.util.Map;

/**
 * A client as {@code /debug/clients} shows it.
 *
 * @param identity what it has proven to be, empty where nobody is asked
 * @param pod name of the Pod object that it has proven to be, else empty
 * @param held by type URL
 */
public record ConnectedClient(
    String id, String namespace, String identity, String pod, String peer, Map<String, Held> held) {

  /** What it follows of one type: the version last sent of each name, and what it said to it. */
  public record Held(Map<String, String> versions, String ackedNonce, String lastNack) {}
}
