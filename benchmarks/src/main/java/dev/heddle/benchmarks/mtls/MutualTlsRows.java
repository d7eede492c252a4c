package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.report.Interval;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The table of what was measured: each figure of the agent, and the Envoy pair's beside it. */
final class MutualTlsRows {

  static final String PLAIN = "plain";
  static final String AGENT = "agent";
  static final String ENVOY = "envoy pair";
  static final String OPENSSL = "openssl";

  private final Samples samples;
  private final List<Row> rows = new ArrayList<>();

  MutualTlsRows(Samples samples) {
    this.samples = samples;
  }

  List<Row> rows() {
    MutualTlsBenchmark.ADAPTERS.forEach(this::call);
    MutualTlsBenchmark.ADAPTERS.forEach(this::loop);
    MutualTlsBenchmark.ADAPTERS.forEach(this::pace);
    MutualTlsBenchmark.ADAPTERS.forEach(this::bulk);
    handshakes("-new", "full handshakes");
    handshakes("-reuse", "resumed handshakes");
    Interval unmanaged = samples.ratio("unmanaged", AGENT, PLAIN, "nanosPerCall");
    rows.add(
        new Row(
            "unmanaged raw socket beside the socket layer: time",
            unmanaged.text(3) + " x",
            "interval holds 1.0",
            Verdict.of(unmanaged.holds(1.0))));
    Interval idle = samples.added("idle", AGENT, PLAIN, "kilobytesPerConnection");
    rows.add(
        new Row(
            "idle connection, heap for TLS at the server",
            idle.text(1) + " KB",
            "< 60 KB",
            Verdict.of(idle.median() < 60)));
    return rows;
  }

  private void call(String adapter) {
    String experiment = "GET " + adapter;
    Interval added = samples.added(experiment, AGENT, PLAIN, "nanosPerCall");
    rows.add(
        new Row(
            "mTLS GET 100 B, " + adapter + ": added time",
            micros(added),
            "< 20 µs",
            Verdict.of(added.median() < 20_000)));
    rows.add(
        Row.reference(
            "the same, Envoy pair",
            micros(samples.added(experiment, ENVOY, PLAIN, "nanosPerCall"))));
  }

  private static String micros(Interval nanos) {
    return new Interval(
                nanos.median() / 1000, nanos.low() / 1000, nanos.high() / 1000, nanos.samples())
            .text(1)
        + " µs";
  }

  private void loop(String adapter) {
    ratio(
        "loop " + adapter,
        "mTLS, 16 connections, 1 KB, " + adapter + ": throughput",
        "callsPerSecond",
        0.85,
        true);
  }

  private void pace(String adapter) {
    ratio(
        "pace " + adapter,
        "mTLS at 1,000 calls a second, " + adapter + ": processor of all processes",
        "processorNanosPerCall",
        1.15,
        false);
    ratio(
        "pace " + adapter,
        "mTLS at 1,000 calls a second, " + adapter + ": p99",
        "p99Nanos",
        1.1,
        false);
  }

  private void bulk(String adapter) {
    ratio("bulk " + adapter, "mTLS, 100 MB, " + adapter + ": rate", "bytesPerSecond", 0.6, true);
  }

  private void ratio(String experiment, String what, String value, double bar, boolean atLeast) {
    Interval ours = samples.ratio(experiment, AGENT, PLAIN, value);
    rows.add(
        new Row(
            what,
            ours.text(3) + " x",
            (atLeast ? ">= " : "<= ") + bar + " x",
            Verdict.of(atLeast ? ours.median() >= bar : ours.median() <= bar)));
    rows.add(
        Row.reference(
            "the same, Envoy pair", samples.ratio(experiment, ENVOY, PLAIN, value).text(3) + " x"));
  }

  private void handshakes(String kind, String what) {
    String experiment = "handshakes " + kind;
    rows.add(
        Row.reference(
            what + " a second of a server's core",
            samples.of(experiment, AGENT, "perProcessorSecond").text(0)));
    rows.add(
        Row.reference(
            "the same, openssl s_server",
            samples.of(experiment, OPENSSL, "perProcessorSecond").text(0)));
  }
}
