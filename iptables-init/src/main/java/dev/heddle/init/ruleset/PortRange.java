package dev.heddle.init.ruleset;

/** One TCP port, or a range of them with both ends in it. */
public record PortRange(int first, int last) {

  private static final int HIGHEST = 65_535;

  public PortRange {
    if (first < 1 || last > HIGHEST || first > last) {
      throw new IllegalArgumentException(
          first + "-" + last + " (expected: ports from 1 to " + HIGHEST + ", the lower one first)");
    }
  }

  /**
   * Reads {@code 8080} or {@code 8000-8100}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PortRange parse(String text) {
    int dash = text.indexOf('-');
    try {
      int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      return new PortRange(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" (expected: a port from 1 to 65535, or a range like 8000-8100)", e);
    }
  }

  /** Whether a port is in it. */
  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  /** As {@code --dport} takes it and iptables prints it. */
  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + ":" + last;
  }
}
