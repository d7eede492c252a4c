package dev.heddle.agent.core.install;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What became of each hook, for the admin page {@code /hooks}. */
public final class Hooks {

  private final Map<String, String> states = new ConcurrentHashMap<>();

  void waiting(String type) {
    states.putIfAbsent(type, "waits for the class to load");
  }

  void woven(String type) {
    states.put(type, "woven");
  }

  void failed(String type, Throwable reason) {
    states.put(type, "NOT woven: " + reason);
  }

  /** State by type name, sorted. */
  public Map<String, String> states() {
    return new TreeMap<>(states);
  }
}
