package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.SecureControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A turn of a side with an experiment. */
final class Loads {

  /** A gRPC message of no bytes would say nothing: length-prefixed, 100 of them. */
  private static final int MESSAGE_BYTES = 100;

  private static final int PREFIX_BYTES = 5;

  private final Pod stranger;
  private final Path certificate;
  private final Path message;

  /**
   * @param stranger the pod where handshakes with pods are made
   */
  Loads(Pod stranger, SecureControl control) throws IOException, InterruptedException {
    this.stranger = stranger;
    this.certificate = control.certificate("stranger");
    this.message = Files.write(certificate.resolve("message"), message());
  }

  private static byte[] message() {
    byte[] framed = new byte[PREFIX_BYTES + MESSAGE_BYTES];
    framed[PREFIX_BYTES - 1] = MESSAGE_BYTES;
    return framed;
  }

  /** What came of it, with the processor time of what stands between. */
  Map<String, Double> measure(Experiment experiment, Side side, int connections, int seconds)
      throws IOException, InterruptedException {
    Duration before = side.cpu();
    Map<String, Double> values = new HashMap<>(load(experiment, side, connections, seconds));
    double micros = side.cpu().minus(before).toNanos() / 1_000.0;
    values.put("cpuMicros", micros / Math.max(1, values.getOrDefault("requests", 1.0)));
    return values;
  }

  private Map<String, Double> load(Experiment experiment, Side side, int connections, int seconds)
      throws IOException, InterruptedException {
    String address = Objects.requireNonNull(side.ways().get(experiment.way()), side.name());
    String url = "http://" + address + experiment.path();
    return switch (experiment.load()) {
      case KEPT -> LoadTools.wrk(side.caller(), url, connections, seconds, false);
      case CLOSED -> LoadTools.wrk(side.caller(), url, connections, seconds, true);
      case STREAMS -> LoadTools.h2load(side.caller(), url, seconds, List.of());
      case GRPC -> LoadTools.h2load(side.caller(), url, seconds, grpc());
      case FULL -> LoadTools.handshakes(stranger, address, seconds, false, certificate);
      case RESUMED -> LoadTools.handshakes(stranger, address, seconds, true, certificate);
    };
  }

  private List<String> grpc() {
    return List.of(
        "-d", message.toString(), "-H", "content-type: application/grpc", "-H", "te: trailers");
  }
}
