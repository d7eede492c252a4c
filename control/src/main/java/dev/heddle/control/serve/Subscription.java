package dev.heddle.control.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What one client follows of one type, and which version of each name it was last sent. */
final class Subscription {

  /** The client holds nothing under the name and was told so. */
  static final String TOLD_ABSENT = "absent";

  /** Nothing was said about the name yet. */
  static final String UNTOLD = "";

  private final Map<String, String> sent = new LinkedHashMap<>();
  private String lastNack = "";
  private String ackedNonce = "";

  void subscribe(Iterable<String> names, Map<String, String> heldVersions) {
    for (String name : names) {
      // A name asked for again is answered again: the client has lost it.
      sent.put(name, heldVersions.getOrDefault(name, UNTOLD));
    }
  }

  void unsubscribe(Iterable<String> names) {
    names.forEach(sent::remove);
  }

  Set<String> names() {
    return sent.keySet();
  }

  String sentVersion(String name) {
    return sent.getOrDefault(name, UNTOLD);
  }

  void sent(String name, String version) {
    sent.replace(name, version);
  }

  void acked(String nonce) {
    ackedNonce = nonce;
    lastNack = "";
  }

  /** The rejected versions stay marked as sent, so that they are never sent again. */
  void nacked(String reason) {
    lastNack = reason;
  }

  String ackedNonce() {
    return ackedNonce;
  }

  String lastNack() {
    return lastNack;
  }
}
