package dev.heddle.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The lines in which an interval is told. */
final class Table {

  private static final String HEAD =
      String.format(
          "%-27s %5s %9s %8s %8s   %s", "route", "rps", "success", "p50 ms", "p99 ms", "answers");

  private Table() {}

  /** The table, its head first. */
  static List<String> rows(Tally tally, double seconds) {
    List<String> rows = new ArrayList<>();
    rows.add(HEAD);
    tally
        .routes()
        .byHop()
        .forEach((service, name) -> rows.add(row(name, tally.route(service), seconds)));
    return rows;
  }

  private static String row(String name, RouteTally route, double seconds) {
    if (route.calls() == 0) {
      return name + " ".repeat(27 - name.length()) + "     -";
    }
    return String.format(
        Locale.ROOT,
        "%-27s %5.0f %7.1f %% %8.1f %8.1f   %s",
        name,
        route.calls() / seconds,
        route.goodPercent(),
        route.millisAt(50),
        route.millisAt(99),
        split(route));
  }

  private static String split(RouteTally route) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Integer> answer : route.answers().entrySet()) {
      double share = 100.0 * answer.getValue() / route.calls();
      parts.add(String.format(Locale.ROOT, "%s %.0f%%", answer.getKey(), share));
    }
    return String.join("  ", parts);
  }

  /** The interval in one line, for a log. */
  static String line(Tally tally, double seconds) {
    StringBuilder line = new StringBuilder();
    for (String service : tally.routes().byHop().keySet()) {
      RouteTally route = tally.route(service);
      line.append(
          String.format(
              Locale.ROOT,
              "%s%s %.0f/s %.0f%% p99 %.1fms [%s]",
              line.isEmpty() ? "" : " | ",
              service,
              route.calls() / seconds,
              route.goodPercent(),
              route.millisAt(99),
              split(route)));
    }
    return line.toString();
  }
}
