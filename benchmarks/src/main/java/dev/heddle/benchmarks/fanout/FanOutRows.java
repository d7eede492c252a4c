package dev.heddle.benchmarks.fanout;

import dev.heddle.benchmarks.report.Interval;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.List;
import java.util.Locale;

/** Makes rows of what many clients cost control. */
final class FanOutRows {

  static final String CONNECT = "fan-out, connect";
  static final String CHANGE = "fan-out, change";
  static final String MEMORY = "fan-out, memory of control";

  static final String WITH = "all clients";
  static final String WITHOUT = "no client";

  static final String LAST_CLIENT = "millisToLastClient";
  static final String MEDIAN_CLIENT = "millisToMedianClient";
  static final String BYTES_PER_CLIENT = "bytesPerClient";
  static final String HEAP = "liveHeapMegabytes";
  static final String RESIDENT = "residentMegabytes";

  private static final double ALL_MILLIS = 1_000;
  private static final double KILOBYTES = 1024;

  private final Samples samples;
  private final int clients;
  private final int hosts;

  FanOutRows(Samples samples, int clients, int hosts) {
    this.samples = samples;
    this.clients = clients;
    this.hosts = hosts;
  }

  List<Row> all() {
    String what = String.format(Locale.ROOT, "control, %,d clients x %d hosts: ", clients, hosts);
    Interval last = samples.of(CHANGE, WITH, LAST_CLIENT);
    return List.of(
        new Row(
            what + "an endpoint change has reached all",
            last.text(0) + " ms",
            "< 1000 ms",
            Verdict.of(last.median() < ALL_MILLIS)),
        Row.reference(
            what + "it has reached half of them",
            samples.of(CHANGE, WITH, MEDIAN_CLIENT).text(0) + " ms"),
        Row.reference(
            what + "bytes of messages per client and change, both ways",
            samples.of(CHANGE, WITH, BYTES_PER_CLIENT).text(0) + " B"),
        Row.reference(
            what + "bytes of messages per client that connects, both ways",
            number(samples.of(CONNECT, WITH, BYTES_PER_CLIENT).median()) + " B"),
        Row.reference(
            what + "all connect and are told",
            number(samples.of(CONNECT, WITH, LAST_CLIENT).median()) + " ms"),
        Row.reference(what + "live heap of control per client", perClient(HEAP)),
        Row.reference(what + "memory of control (RSS) per client", perClient(RESIDENT)));
  }

  private String perClient(String value) {
    double megabytes = samples.added(MEMORY, WITH, WITHOUT, value).median();
    return number(megabytes * KILOBYTES / clients) + " KB";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
