package dev.heddle.benchmarks.node;

import java.util.List;

/** A kind of load that all sides take turns with, and what is asked of Heddle in it. */
enum Experiment {
  /** Bytes, nobody looks at them. */
  L4(
      "l4",
      "L4 100 B, one hop",
      Load.KEPT,
      Way.BYTES,
      "/small",
      true,
      atLeast(Figure.RATE, Side.ENVOY, 1),
      atMost(Figure.CPU, Side.ENVOY, 1)),
  L4_LARGE(
      "l4-1mb",
      "L4 1 MB, one hop",
      Load.KEPT,
      Way.BYTES,
      "/large",
      false,
      atLeast(Figure.RATE, Side.HAPROXY, 1)),
  /** Routed requests. */
  L7(
      "l7",
      "L7 100 B, one hop",
      Load.KEPT,
      Way.PLAIN,
      "/small",
      true,
      atLeast(Figure.RATE, Side.ENVOY, 3),
      atLeast(Figure.RATE, Side.HAPROXY, 0.9),
      atLeast(Figure.RATE, Side.NGINX, 0.9)),
  /** Out of one pod by mesh TLS into another. */
  MESH(
      "l7-mtls",
      "L7 mTLS 100 B, two hops",
      Load.KEPT,
      Way.MESH,
      "/small",
      true,
      atLeast(Figure.RATE, Side.ENVOY, 2.5),
      atMost(Figure.CPU, Side.ENVOY, 0.35),
      atMost(Figure.P99, Side.ENVOY, 1)),
  MESH_LARGE(
      "l7-mtls-1mb",
      "L7 mTLS 1 MB, two hops",
      Load.KEPT,
      Way.MESH,
      "/large",
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1.3)),
  /** A request on each connection. */
  CONNECTIONS(
      "connections",
      "new connections, L7, one hop",
      Load.CLOSED,
      Way.PLAIN,
      "/small",
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1),
      atMost(Figure.CPU, Side.ENVOY, 1)),
  FULL_HANDSHAKES(
      "handshakes",
      "mTLS handshakes into a pod, full",
      Load.FULL,
      Way.INTO,
      "/small",
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1),
      atMost(Figure.CPU, Side.ENVOY, 1)),
  RESUMED_HANDSHAKES(
      "handshakes",
      "mTLS handshakes into a pod, resumed",
      Load.RESUMED,
      Way.INTO,
      "/small",
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1),
      atMost(Figure.CPU, Side.ENVOY, 1)),
  /** 100 streams of one connection. */
  H2(
      "h2",
      "HTTP/2 mTLS, 100 streams, two hops",
      Load.STREAMS,
      Way.MESH_2,
      "/small",
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1)),
  GRPC(
      "grpc",
      "gRPC mTLS, 100 streams, two hops",
      Load.GRPC,
      Way.MESH_GRPC,
      GrpcOrigin.PATH,
      false,
      atLeast(Figure.RATE, Side.ENVOY, 1));

  /** How it is called. */
  enum Load {
    KEPT,
    CLOSED,
    STREAMS,
    GRPC,
    FULL,
    RESUMED
  }

  /** Which way it goes. */
  enum Way {
    BYTES,
    PLAIN,
    MESH,
    MESH_2,
    MESH_GRPC,
    INTO
  }

  /** What is compared. */
  enum Figure {
    RATE("perSecond", "rate"),
    CPU("cpuMicros", "processor per request"),
    P99("p99Millis", "p99");

    private final String value;
    private final String words;

    Figure(String value, String words) {
      this.value = value;
      this.words = words;
    }

    String value() {
      return value;
    }

    String words() {
      return words;
    }
  }

  /**
   * A bar.
   *
   * @param base the side that Heddle is a multiple of
   */
  record Asked(Figure figure, String base, double bar, boolean least) {}

  private static final int ONE_CONNECTION = 1;
  private static final int SOME = 32;

  private final String row;
  private final String what;
  private final Load load;
  private final Way way;
  private final String path;
  private final boolean manyCounts;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Asked> asked;

  Experiment(
      String row,
      String what,
      Load load,
      Way way,
      String path,
      boolean manyCounts,
      Asked... asked) {
    this.row = row;
    this.what = what;
    this.load = load;
    this.way = way;
    this.path = path;
    this.manyCounts = manyCounts;
    this.asked = List.of(asked);
  }

  private static Asked atLeast(Figure figure, String base, double bar) {
    return new Asked(figure, base, bar, true);
  }

  private static Asked atMost(Figure figure, String base, double bar) {
    return new Asked(figure, base, bar, false);
  }

  /** Name on the command line. */
  String row() {
    return row;
  }

  /** For the table. */
  String what() {
    return what;
  }

  Load load() {
    return load;
  }

  Way way() {
    return way;
  }

  String path() {
    return path;
  }

  List<Asked> asked() {
    return asked;
  }

  /** How many connections it is measured with. */
  List<Integer> counts(List<Integer> all) {
    if (load == Load.STREAMS || load == Load.GRPC) {
      return List.of(ONE_CONNECTION);
    }
    return manyCounts ? all : List.of(SOME);
  }

  /** Of samples with so many connections. */
  String experiment(int connections) {
    return what + ", " + connections + (connections == 1 ? " connection" : " connections");
  }
}
