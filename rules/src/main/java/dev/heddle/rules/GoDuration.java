package dev.heddle.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as Go writes it ({@code 1h30m}, {@code 8ms}, {@code 0.5s}), which Istio's parser
 * accepts.
 */
public record GoDuration(Duration value) {

  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Characters read at most: any duration up to a year fits, and a search takes no time. */
  private static final int MAX_CHARS = 64;

  /** How one is written, for whoever wrote something else. */
  static final String FORM = "a duration like 5s, 250ms or 1h30m, at most 8760h";

  /** IllegalArgumentException with the text seen and the form expected. */
  @JsonCreator
  public static GoDuration parse(String text) {
    if (text.equals("0")) {
      return new GoDuration(Duration.ZERO);
    }
    Matcher part = PART.matcher(text.length() > MAX_CHARS ? "" : text);
    double nanos = 0;
    int at = 0;
    while (part.find() && part.start() == at) {
      nanos += Double.parseDouble(part.group(1)) * unitNanos(part.group(2));
      at = part.end();
    }
    if (at == 0 || at != text.length() || nanos > LONGEST.toNanos()) {
      throw new IllegalArgumentException(
          "\"" + Excerpt.of(text, Excerpt.VALUE_CHARS) + "\" (expected: " + FORM + ")");
    }
    return new GoDuration(Duration.ofNanos((long) nanos));
  }

  private static double unitNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> 1e3; // Go takes both signs for micro
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      default -> 3600e9;
    };
  }

  /** In seconds, as Go reads it: {@code 1.5s}. */
  @JsonValue
  public String text() {
    return BigDecimal.valueOf(nanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  /** Nanoseconds. */
  public long nanos() {
    return value.toNanos();
  }
}
