package dev.heddle.benchmarks.node;

import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.NetworkNamespace;
import dev.heddle.init.linux.TcpSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What the daemon does for a captured connection beside what any proxy does: asks where it was
 * going, and enters the pod's namespace to make the other socket. The mark, one more setsockopt, is
 * not among it.
 */
public final class CaptureLoop {

  static final int PORT = 15_999;

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.ofLiteral("10.97.0.99"), 7);
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), PORT);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final int WARM_UP = 200_000;
  private static final int CONNECTIONS = 100_000;

  private CaptureLoop() {}

  /**
   * Prints nanoseconds per connection, one line per round.
   *
   * @param arguments the pod's namespace, whose rules lead all connections to {@link #PORT}; rounds
   */
  public static void main(String[] arguments) throws IOException {
    try (NetworkNamespace home = NetworkNamespace.own();
        NetworkNamespace pod = NetworkNamespace.open(Path.of(arguments[0]));
        Descriptor listener = within(pod, home, () -> TcpSocket.listen(HERE, WAIT))) {
      measure(home, pod, listener, Integer.parseInt(arguments[1]));
    }
  }

  private static void measure(
      NetworkNamespace home, NetworkNamespace pod, Descriptor listener, int rounds)
      throws IOException {
    Descriptor client =
        within(pod, home, () -> TcpSocket.connect(ANYWHERE, OptionalInt.empty(), WAIT));
    try (client;
        Descriptor accepted = TcpSocket.accept(listener)) {
      nanos(home, pod, accepted, WARM_UP);
      for (int round = 0; round < rounds; round++) {
        System.out.println("nanos " + nanos(home, pod, accepted, CONNECTIONS));
      }
    }
  }

  private static double nanos(
      NetworkNamespace home, NetworkNamespace pod, Descriptor accepted, int times)
      throws IOException {
    Supplier<Integer> made = () -> 1;
    long before = System.nanoTime();
    int entered = 0;
    for (int i = 0; i < times; i++) {
      if (TcpSocket.originalDestination(accepted, false).getPort() == ANYWHERE.getPort()) {
        entered += pod.enter(home, made);
      }
    }
    long took = System.nanoTime() - before;
    if (entered != times) {
      throw new IOException(entered + " of " + times + " destinations were right");
    }
    return took / (double) times;
  }

  /** What a socket is made by. */
  private interface Making {
    Descriptor make() throws IOException;
  }

  private static Descriptor within(NetworkNamespace pod, NetworkNamespace home, Making making)
      throws IOException {
    return pod.enter(
        home,
        () -> {
          try {
            return making.make();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
