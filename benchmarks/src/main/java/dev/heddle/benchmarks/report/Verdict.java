package dev.heddle.benchmarks.report;

/** What a figure is to its bar. */
public enum Verdict {
  /** The median keeps the bar. */
  MET,
  /** It does not. */
  MISSED,
  /** Measured beside, for comparison; there is no bar. */
  REFERENCE;

  /** MET if so. */
  public static Verdict of(boolean kept) {
    return kept ? MET : MISSED;
  }
}
