package dev.heddle.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * A median and where it lies with a confidence of at least 95 %: order statistics of the sign test
 * (Conover, Practical Nonparametric Statistics, 3.2), which asks nothing of the distribution, for
 * what disturbs a measurement is never normal.
 *
 * @param samples how many values; fewer than 6 give their range, at less confidence
 */
public record Interval(double median, double low, double high, int samples) {

  private static final double EACH_TAIL = 0.025;

  /** Of at least one value. */
  public static Interval of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int outside = outside(sorted.length);
    return new Interval(
        median(sorted), sorted[outside], sorted[sorted.length - 1 - outside], sorted.length);
  }

  /** Median of values in any order. */
  public static double medianOf(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return median(sorted);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Values at each end that may be left out: as many as a fair coin throws in its tail. */
  private static int outside(int n) {
    double probability = Math.pow(0.5, n);
    double tail = probability;
    int outside = 0;
    while (tail <= EACH_TAIL && outside < (n - 1) / 2) {
      outside++;
      probability = probability * (n - outside + 1) / outside;
      tail += probability;
    }
    return tail <= EACH_TAIL ? outside : Math.max(0, outside - 1);
  }

  /** Whether a value is within. */
  public boolean holds(double value) {
    return low <= value && value <= high;
  }

  /** As {@code 1.23 [1.10, 1.31]}, with so many digits after the point. */
  public String text(int digits) {
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT, number + " [" + number + ", " + number + "]", median, low, high);
  }
}
