package dev.heddle.benchmarks.report;

import java.util.Map;

/**
 * What one process or slice gave.
 *
 * @param round samples of one round were taken beside each other and are compared as a pair
 * @param arm which of the compared ones, for example {@code plain} or {@code agent}
 * @param values by name with unit, for example {@code nanosPerCall}
 */
public record Sample(String experiment, int round, String arm, Map<String, Double> values) {}
