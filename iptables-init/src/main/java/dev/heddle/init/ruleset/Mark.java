package dev.heddle.init.ruleset;

/**
 * The mark that the daemon's own sockets carry (SO_MARK), so that their packets pass. Twelve bits
 * of the 32 are ours; the others belong to whoever else marks packets in the pod.
 */
public record Mark(int value) {

  /** Istio's value for the same purpose, known to network plugins. */
  public static final Mark DEFAULT = new Mark(0x539);

  /** On connections whose packets must find back to the daemon, whatever address they are for. */
  static final int RETURNING = 0x111;

  static final int MASK = 0xfff;

  public Mark {
    if (value < 1 || value > MASK || value == RETURNING) {
      throw new IllegalArgumentException(
          "mark "
              + hex(value)
              + " (expected: 0x1 to "
              + hex(MASK)
              + ", not "
              + hex(RETURNING)
              + " which marks connections)");
    }
  }

  /**
   * Reads {@code 0x539} or {@code 1337}.
   *
   * @throws IllegalArgumentException for what is no mark
   */
  public static Mark parse(String text) {
    int value;
    try {
      value = Integer.decode(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "mark \"" + text + "\" (expected: a number like 0x539)", e);
    }
    return new Mark(value);
  }

  /** {@code value/mask} as iptables takes and prints it. */
  @Override
  public String toString() {
    return masked(value);
  }

  static String masked(int value) {
    return hex(value) + "/" + hex(MASK);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
