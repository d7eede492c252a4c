package dev.heddle.node.admin;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code /loglevel}: how much the daemon logs; PUT or POST of a level makes it that. */
public final class LogLevelPage implements PageServer.Page {

  /** By the names that SLF4J has for them. */
  private static final Map<String, Level> LEVELS =
      new TreeMap<>(
          Map.of(
              "off", Level.OFF,
              "error", Level.SEVERE,
              "warn", Level.WARNING,
              "info", Level.INFO,
              "debug", Level.FINE,
              "trace", Level.FINEST));

  private final Logger root;

  /**
   * @param root the logger above all others, which SLF4J's hand on to
   */
  public LogLevelPage(Logger root) {
    this.root = root;
  }

  @Override
  public Reply get() {
    Level now = root.getLevel();
    String name =
        LEVELS.entrySet().stream()
            .filter(known -> known.getValue().equals(now))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(String.valueOf(now));
    return Reply.text(200, name + "\n");
  }

  @Override
  public Reply put(String wanted) {
    Level level = LEVELS.get(wanted.toLowerCase(Locale.ROOT));
    if (level == null) {
      return Reply.text(
          400, "level \"" + wanted + "\" (expected: one of " + LEVELS.keySet() + ")\n");
    }
    root.setLevel(level);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
    }
    return get();
  }
}
