package dev.heddle.rules;

import java.util.List;
import java.util.regex.Pattern;

/** The forms of texts in security rules: addresses, ports, path templates. */
final class SecurityText {

  private static final int MAX_PORT = 65_535;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** Istio: an operator fills a whole segment; named ones and plain asterisks are refused. */
  private static final Pattern BAD_TEMPLATE =
      Pattern.compile("\\{(?!\\*{1,2}\\})|(?<!\\*)\\}|(?<!\\{|\\{\\*)\\*|[^/]\\{|\\}[^/]");

  /** Istio: kept short enough for what it compiles them to. */
  private static final int MAX_ACCOUNTS = 16;

  private static final int MAX_ACCOUNT_CHARS = 320;

  private SecurityText() {}

  static void notEmpty(List<String> values, Spot spot) {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isEmpty()) {
        spot.at(i).wrong("is empty (expected: a value; * stands for any)");
      }
    }
  }

  static void addresses(List<String> values, Spot spot) {
    for (int i = 0; i < values.size(); i++) {
      if (!IpBlock.isBlock(values.get(i))) {
        spot.at(i)
            .wrong(
                "is \""
                    + Excerpt.of(values.get(i), Excerpt.VALUE_CHARS)
                    + "\" (expected: an IP address, or a block like 10.0.0.0/8)");
      }
    }
  }

  static void ports(List<String> values, Spot spot) {
    for (int i = 0; i < values.size(); i++) {
      port(values.get(i), 0, spot.at(i));
    }
  }

  static void port(String value, int least, Spot spot) {
    if (!NUMBER.matcher(value).matches()
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > MAX_PORT) {
      String seen = Excerpt.of(value, Excerpt.VALUE_CHARS);
      spot.wrong("is \"" + seen + "\" (expected: a port, " + least + " to " + MAX_PORT + ")");
    }
  }

  static void paths(List<String> values, Spot spot) {
    notEmpty(values, spot);
    for (int i = 0; i < values.size(); i++) {
      String path = values.get(i);
      if (isTemplate(path) && (BAD_TEMPLATE.matcher(path).find() || !deepOperatorIsLast(path))) {
        spot.at(i)
            .wrong(
                "is \""
                    + Excerpt.of(path, Excerpt.VALUE_CHARS)
                    + "\" (expected: a template whose {*} and {**} are whole segments, with no"
                    + " other braces or asterisks and nothing but text behind {**})");
      }
    }
  }

  static boolean isTemplate(String path) {
    return path.contains("{*}") || path.contains("{**}");
  }

  /** Envoy's URI templates: behind the operator for many segments none may follow. */
  private static boolean deepOperatorIsLast(String path) {
    int deep = path.indexOf("{**}");
    return deep < 0 || path.indexOf('{', deep + 1) < 0;
  }

  static void serviceAccounts(List<String> values, Spot spot) {
    if (values.size() > MAX_ACCOUNTS) {
      spot.wrong("has " + values.size() + " values (expected: at most " + MAX_ACCOUNTS + ")");
    }
    for (int i = 0; i < values.size(); i++) {
      String account = values.get(i);
      String[] parts = account.split("/", -1);
      boolean known =
          parts.length <= 2
              && !account.contains("*")
              && account.length() <= MAX_ACCOUNT_CHARS
              && !parts[0].isEmpty()
              && !parts[parts.length - 1].isEmpty();
      if (!known) {
        spot.at(i)
            .wrong(
                "is \""
                    + Excerpt.of(account, Excerpt.VALUE_CHARS)
                    + "\" (expected: a service account or namespace/account, without wildcards)");
      }
    }
  }
}
