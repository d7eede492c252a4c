package dev.heddle.benchmarks.report;

/**
 * One line of the table.
 *
 * @param what the measurement, as the table's first column
 * @param figure what came out, with unit and interval
 * @param bar what was asked, empty for a reference
 */
public record Row(String what, String figure, String bar, Verdict verdict) {

  /** A line without a bar. */
  public static Row reference(String what, String figure) {
    return new Row(what, figure, "", Verdict.REFERENCE);
  }
}
