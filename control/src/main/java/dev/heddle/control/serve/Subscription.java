package dev.heddle.control.serve;

import java.util.HashMap;
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
  private final Map<String, String> rejected = new HashMap<>();
  private final Map<String, Map<String, String>> unanswered = new LinkedHashMap<>();
  private String lastNack = "";
  private String ackedNonce = "";

  void subscribe(Iterable<String> names, Map<String, String> heldVersions) {
    for (String name : names) {
      // A name asked for again is answered again: the client has lost it.
      sent.put(name, heldVersions.getOrDefault(name, UNTOLD));
    }
  }

  void unsubscribe(Iterable<String> names) {
    for (String name : names) {
      sent.remove(name);
      rejected.remove(name);
    }
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

  /** A response is on its way: its versions by name. */
  void awaitAnswer(String nonce, Map<String, String> versions) {
    unanswered.put(nonce, versions);
    if (unanswered.size() > ServeLimits.MAX_UNANSWERED) {
      unanswered.remove(unanswered.keySet().iterator().next());
    }
  }

  void acked(String nonce) {
    unanswered.remove(nonce);
    ackedNonce = nonce;
    lastNack = "";
  }

  /**
   * The rejected versions are remembered, so that they are never sent again.
   *
   * @param taken what of the same response the client holds all the same
   */
  void nacked(String nonce, String reason, Map<String, String> taken) {
    Map<String, String> versions = unanswered.remove(nonce);
    if (versions != null) {
      versions.forEach(
          (name, version) -> {
            if (!version.equals(taken.get(name))) {
              rejected.put(name, version);
            }
          });
    }
    lastNack = reason;
  }

  /** Whether the client need not or must not be sent this version. */
  boolean has(String name, String version) {
    return version.equals(sent.get(name)) || version.equals(rejected.get(name));
  }

  String ackedNonce() {
    return ackedNonce;
  }

  String lastNack() {
    return lastNack;
  }
}
