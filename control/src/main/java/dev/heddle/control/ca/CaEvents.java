package dev.heddle.control.ca;

import java.time.Instant;

/** What an authority tells of itself to whoever counts. Any thread; must not block. */
public interface CaEvents {

  /** Nobody counts. */
  CaEvents NONE = new CaEvents() {};

  /** A certificate was signed for a caller. */
  default void issued(long nanos) {}

  /** A caller was not believed, or what it asked for not signed. */
  default void refused(Refusal reason) {}

  /** The roots changed or were read first; the first of them expires then. */
  default void rootsExpire(Instant first) {}

  /** The files of the authority cannot be used, what was read before stays in force. */
  default void filesUnusable() {}
}
