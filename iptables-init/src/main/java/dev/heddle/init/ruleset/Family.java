package dev.heddle.init.ruleset;

/** The two IP families: each has tables and rules of its own. */
public enum Family {
  IPV4("4", 32),
  IPV6("6", 128);

  private final String digit;
  private final int bits;

  Family(String digit, int bits) {
    this.digit = digit;
    this.bits = bits;
  }

  /** {@code 4} or {@code 6}, as {@code ip -4} and {@code ip -6} have it. */
  public String digit() {
    return digit;
  }

  /** Length of an address. */
  public int bits() {
    return bits;
  }

  @Override
  public String toString() {
    return "IPv" + digit;
  }
}
