package dev.heddle.benchmarks.ca;

import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.CertificateAuthority;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.ca.RefusedRequestException;
import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** The rows of the authority: certificates for EC P-256 and RSA keys on one core. */
public final class SigningBenchmark {

  private static final String EXPERIMENT = "certificates signed";
  private static final String RATE = "perSecondOfCpu";
  private static final String P99 = "p99Micros";
  private static final double BAR = 500;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final int DIGITS = 3;
  private static final SpiffeId WORKLOAD = SpiffeId.of("cluster.local", "shop", "reviews");

  private final Path directory;
  private final int rounds;
  private final Duration round;
  private final Samples samples;
  private final Consumer<String> progress;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /**
   * Measures in rounds, the first of which warms up and is not counted.
   *
   * @param directory an empty one, for the authority's files
   */
  public SigningBenchmark(
      Path directory, int rounds, Duration round, Samples samples, Consumer<String> progress) {
    this.directory = directory;
    this.rounds = rounds;
    this.round = round;
    this.samples = samples;
    this.progress = progress;
  }

  /** Measures; gives the rows. */
  public List<Row> run() throws IOException, RefusedRequestException {
    AuthoritySettings settings =
        new AuthoritySettings(directory, "cluster.local", Duration.ofHours(24), List.of());
    try (MeshAuthority mesh = MeshAuthority.open(settings, CaEvents.NONE, InstantSource.system())) {
      measure(mesh.authority(), "EC P-256", Request.EC_P_256);
      measure(mesh.authority(), "RSA 2048", Request.RSA_2048);
    }
    return List.of(
        new Row(
            "certificates signed per second and core, EC P-256",
            samples.of(EXPERIMENT, "EC P-256", RATE).text(0),
            ">= 500",
            Verdict.of(samples.of(EXPERIMENT, "EC P-256", RATE).median() >= BAR)),
        Row.reference(
            "p99 of signing one, EC P-256",
            samples.of(EXPERIMENT, "EC P-256", P99).text(0) + " µs"),
        Row.reference(
            "certificates signed per second and core, RSA 2048",
            samples.of(EXPERIMENT, "RSA 2048", RATE).text(0)));
  }

  private void measure(CertificateAuthority authority, String kind, String request)
      throws RefusedRequestException {
    progress.accept("certificates signed, " + kind);
    sign(authority, request); // warms up
    for (int i = 0; i < rounds; i++) {
      samples.add(EXPERIMENT, i, kind, sign(authority, request));
    }
  }

  /** As many as can be, one after the other. Other programs' load is in the p99, not the rate. */
  private Map<String, Double> sign(CertificateAuthority authority, String request)
      throws RefusedRequestException {
    Histogram times = new Histogram(LONGEST_NANOS, DIGITS);
    long end = System.nanoTime() + round.toNanos();
    long cpu = threads.getCurrentThreadCpuTime();
    long last = System.nanoTime();
    while (last < end) {
      authority.sign(Caller.workload(WORKLOAD), request, Duration.ZERO).pem();
      long now = System.nanoTime();
      times.recordValue(Math.min(now - last, LONGEST_NANOS));
      last = now;
    }
    double spent = threads.getCurrentThreadCpuTime() - cpu;
    return Map.of(
        RATE,
        times.getTotalCount() * NANOS_PER_SECOND / spent,
        P99,
        times.getValueAtPercentile(99) / NANOS_PER_MICRO);
  }
}
