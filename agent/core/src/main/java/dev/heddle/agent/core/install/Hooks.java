package dev.heddle.agent.core.install;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What became of each hook, for the admin page {@code /hooks}. */
public final class Hooks {

  private static final String FAILED = "NOT woven: ";

  private final Map<String, String> states = new ConcurrentHashMap<>();

  void waiting(String type) {
    states.putIfAbsent(type, "waits for the class to load");
  }

  void woven(String type) {
    states.put(type, "woven");
  }

  void failed(String type, Throwable reason) {
    states.put(type, FAILED + reason);
  }

  /** How many could not be woven or linked. */
  public long failures() {
    return states.values().stream().filter(state -> state.startsWith(FAILED)).count();
  }

  /** State by type name, sorted. */
  public Map<String, String> states() {
    return new TreeMap<>(states);
  }
}
