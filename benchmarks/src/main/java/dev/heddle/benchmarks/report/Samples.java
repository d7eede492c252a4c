package dev.heddle.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** All samples of a run, in their order. */
public final class Samples {

  private final List<Sample> all = new ArrayList<>();

  /** Adds one. */
  public void add(String experiment, int round, String arm, Map<String, Double> values) {
    all.add(new Sample(experiment, round, arm, Map.copyOf(values)));
  }

  /** All, in their order. */
  public List<Sample> all() {
    return List.copyOf(all);
  }

  /** Of one arm: the median of each round, over the rounds. */
  public Interval of(String experiment, String arm, String value) {
    return paired(experiment, arm, arm, value, (a, b) -> a);
  }

  /** How many times as much as the base an arm gives, round by round. */
  public Interval ratio(String experiment, String arm, String base, String value) {
    return paired(experiment, arm, base, value, (a, b) -> a / b);
  }

  /** How much more than the base an arm gives, round by round. */
  public Interval added(String experiment, String arm, String base, String value) {
    return paired(experiment, arm, base, value, (a, b) -> a - b);
  }

  private Interval paired(
      String experiment, String arm, String base, String value, DoubleBinaryOperator compare) {
    int[] rounds = rounds(experiment, arm);
    double[] compared = new double[rounds.length];
    for (int i = 0; i < rounds.length; i++) {
      compared[i] =
          compare.applyAsDouble(
              median(experiment, rounds[i], arm, value),
              median(experiment, rounds[i], base, value));
    }
    return Interval.of(compared);
  }

  /** Rounds that the arm took part in; a reference may sit some out. */
  private int[] rounds(String experiment, String arm) {
    return all.stream()
        .filter(sample -> sample.experiment().equals(experiment) && sample.arm().equals(arm))
        .mapToInt(Sample::round)
        .distinct()
        .toArray();
  }

  private double median(String experiment, int round, String arm, String value) {
    double[] values =
        all.stream()
            .filter(sample -> sample.round() == round && sample.arm().equals(arm))
            .filter(sample -> sample.experiment().equals(experiment))
            .filter(sample -> sample.values().containsKey(value))
            .mapToDouble(sample -> sample.values().get(value))
            .toArray();
    if (values.length == 0) {
      throw new IllegalStateException(
          "no sample of " + value + " in round " + round + " of " + experiment + ", " + arm);
    }
    return Interval.medianOf(values);
  }
}
