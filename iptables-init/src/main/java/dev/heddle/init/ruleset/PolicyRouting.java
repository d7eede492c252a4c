package dev.heddle.init.ruleset;

import java.util.Locale;

/**
 * Packets with the mark of returning connections stay in the pod, whatever address they are for: so
 * the daemon may speak to the app from the address of the real client and still get the answers.
 */
public final class PolicyRouting {

  /** Looked up before the main table (32766), after the table of local addresses (0). */
  private static final int PREFERENCE = 32_764;

  /** Istio's number, in the part of the range that is free for anybody. */
  private static final int TABLE = 100;

  private static final String RULE =
      "fwmark " + Mark.masked(Mark.RETURNING) + " pref " + PREFERENCE + " lookup " + TABLE;
  private static final String ROUTE = "local default dev lo table " + TABLE;

  private PolicyRouting() {}

  /** Arguments of {@code ip} that show what is installed. */
  public static String[] show(Family family) {
    return new String[] {"ip", "-N", "-" + family.digit(), "rule", "show", "pref", "" + PREFERENCE};
  }

  /** Whether the rule is in what {@link #show} printed. */
  public static boolean isInstalled(String shown) {
    String rule = "fwmark " + Mark.masked(Mark.RETURNING) + " lookup " + TABLE;
    return shown.lines().anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(rule));
  }

  /** Text for {@code ip -batch}: the route first, so that the rule never leads nowhere. */
  public static String install() {
    return "route replace " + ROUTE + "\nrule add " + RULE + "\n";
  }

  /** Text for {@code ip -batch} that takes both away. */
  public static String remove() {
    return "rule del " + RULE + "\nroute del " + ROUTE + "\n";
  }
}
