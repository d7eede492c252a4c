package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.report.Interval;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Makes rows of starts. */
final class StartUpRows {

  private static final double FIRST_MILLIS = 500;
  private static final double LATER_MILLIS = 80;
  private static final double MEGABYTES = 20;

  /** Woven classes do not come from an archive; a JVM that refuses it takes far fewer. */
  private static final double IN_USE = 0.95;

  private final Samples samples;

  StartUpRows(Samples samples) {
    this.samples = samples;
  }

  List<Row> fatJar(String experiment) {
    Interval memory =
        samples.added(experiment, Arm.LATER, Arm.PLAIN, FirstAnswer.RESIDENT_MEGABYTES);
    return List.of(
        base(experiment),
        wall(experiment, Arm.FIRST, FIRST_MILLIS),
        wall(experiment, Arm.LATER, LATER_MILLIS),
        new Row(
            experiment + ": " + Arm.LATER + ", added memory (RSS)",
            memory.text(1) + " MB",
            "< 20 MB",
            Verdict.of(memory.median() < MEGABYTES)),
        added(experiment, Arm.OPEN_TELEMETRY));
  }

  List<Row> archive(Archive archive, String experiment) {
    List<Row> rows = new ArrayList<>();
    rows.add(base(experiment));
    rows.add(classes(experiment, Arm.AGENTLIB));
    rows.add(added(experiment, Arm.AGENTLIB));
    // JDK 25 refuses an AOT cache where a module is added that its maker did not have.
    boolean mayBeRefused = archive == Archive.AOT_CACHE;
    rows.add(
        mayBeRefused ? classesReference(experiment, Arm.LATER) : classes(experiment, Arm.LATER));
    rows.add(added(experiment, Arm.LATER));
    if (archive.isMadeWithAgents()) {
      rows.add(classesReference(experiment, Arm.TRAINED));
      rows.add(added(experiment, Arm.TRAINED));
    }
    return rows;
  }

  private Row base(String experiment) {
    return Row.reference(
        experiment + ": " + Arm.PLAIN,
        figure(value -> samples.of(experiment, Arm.PLAIN, value))
            + ", "
            + samples.of(experiment, Arm.PLAIN, FirstAnswer.RESIDENT_MEGABYTES).text(0)
            + " MB");
  }

  private Row added(String experiment, String arm) {
    return Row.reference(
        experiment + ": " + arm + ", added",
        figure(value -> samples.added(experiment, arm, Arm.PLAIN, value))
            + ", "
            + samples.added(experiment, arm, Arm.PLAIN, FirstAnswer.RESIDENT_MEGABYTES).text(0)
            + " MB");
  }

  private Row wall(String experiment, String arm, double bar) {
    return new Row(
        experiment + ": " + arm + ", added",
        figure(value -> samples.added(experiment, arm, Arm.PLAIN, value)),
        String.format(Locale.ROOT, "< %.0f ms", bar),
        Verdict.of(
            samples.added(experiment, arm, Arm.PLAIN, FirstAnswer.WALL_MILLIS).median() < bar));
  }

  /** Time on the clock, and of the processor, which a busy machine changes less. */
  private static String figure(Function<String, Interval> of) {
    return String.format(
        Locale.ROOT,
        "%s ms, CPU %.0f ms",
        of.apply(FirstAnswer.WALL_MILLIS).text(0),
        of.apply(FirstAnswer.CPU_MILLIS).median());
  }

  private Row classes(String experiment, String arm) {
    double most = classesOf(experiment, Arm.PLAIN);
    boolean isUsedAtAll = most > classesOf(experiment, Arm.NO_ARCHIVE);
    return new Row(
        classesName(experiment, arm),
        classesFigure(experiment, arm),
        "stays in use",
        Verdict.of(isUsedAtAll && classesOf(experiment, arm) >= IN_USE * most));
  }

  private Row classesReference(String experiment, String arm) {
    return Row.reference(classesName(experiment, arm), classesFigure(experiment, arm));
  }

  private static String classesName(String experiment, String arm) {
    return experiment + ": " + arm + ", classes from the archive";
  }

  private String classesFigure(String experiment, String arm) {
    return String.format(
        Locale.ROOT,
        "%.0f of %.0f, without an archive %.0f",
        classesOf(experiment, arm),
        classesOf(experiment, Arm.PLAIN),
        classesOf(experiment, Arm.NO_ARCHIVE));
  }

  private double classesOf(String experiment, String arm) {
    return samples.of(WithArchive.classesOf(experiment), arm, WithArchive.FROM_ARCHIVE).median();
  }
}
