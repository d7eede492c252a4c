package dev.heddle.demo;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came of the calls of one route in one interval. */
final class RouteTally {

  /** Longest time told apart, in microseconds: calls are given up before. */
  private static final long LONGEST_MICROS = 60_000_000;

  private final Histogram micros = new Histogram(LONGEST_MICROS, 2);
  private final Map<String, Integer> answers = new TreeMap<>();
  private int calls;
  private int good;

  void add(String answer, boolean isGood, double millis) {
    calls++;
    good += isGood ? 1 : 0;
    answers.merge(answer, 1, Integer::sum);
    micros.recordValue(Math.min(LONGEST_MICROS, (long) (millis * 1000)));
  }

  int calls() {
    return calls;
  }

  /** Share of calls that came back with a version, 0 to 100. */
  double goodPercent() {
    return calls == 0 ? 0 : 100.0 * good / calls;
  }

  /** Share of the calls that this answer had, 0 to 100. */
  double sharePercent(String answer) {
    return calls == 0 ? 0 : 100.0 * answers.getOrDefault(answer, 0) / calls;
  }

  double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }

  Map<String, Integer> answers() {
    return answers;
  }
}
