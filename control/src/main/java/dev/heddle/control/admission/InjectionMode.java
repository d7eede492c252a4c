package dev.heddle.control.admission;

import java.util.Locale;
import java.util.Optional;

/** How a pod is made part of the mesh: annotation {@code heddle.dev/mode}. */
enum InjectionMode {
  /** The agent in its JVMs. */
  AGENT,
  /** The daemon of its node. */
  NODE,
  /** The agent where something says that a JVM runs there, else the daemon. */
  AUTO,
  /** Not at all. */
  NONE;

  static Optional<InjectionMode> parse(String text) {
    for (InjectionMode mode : values()) {
      if (mode.text().equals(text)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
