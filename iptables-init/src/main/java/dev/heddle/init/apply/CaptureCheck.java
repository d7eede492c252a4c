package dev.heddle.init.apply;

import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.ErrnoException;
import dev.heddle.init.linux.TcpSocket;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Cidr;
import dev.heddle.init.ruleset.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Proves in the caller's own network namespace that rules are as the settings ask and that they
 * work: connects to addresses where nobody can answer. Who is answered was captured; with the
 * daemon's mark nobody may be. Where no daemon listens, the check listens in its place. Inbound
 * capture cannot be tried from inside; of that the rules alone are looked at.
 */
public final class CaptureCheck {

  /** Addresses for documentation (RFC 5737, RFC 3849): no host has them. */
  private static final Map<Family, List<String>> NOBODY =
      Map.of(
          Family.IPV4, List.of("192.0.2.1", "198.51.100.1", "203.0.113.1"),
          Family.IPV6, List.of("2001:db8::1", "2001:db8:ffff::1"));

  private static final List<Integer> PORTS = List.of(80, 443, 8080, 9);

  /** A redirected connection is answered by this very machine. */
  private static final Duration ANSWER = Duration.ofMillis(500);

  private final Capture capture;
  private final CaptureSettings settings;

  /** A check of the caller's own namespace. */
  public CaptureCheck(Optional<Backend> wanted, CaptureSettings settings) {
    this.capture = new Capture(Netns.OWN, wanted);
    this.settings = settings;
  }

  /**
   * Looks at the rules, then tries them.
   *
   * @throws CaptureException where rules cannot even be read
   */
  public List<Finding> run() throws CaptureException {
    List<Finding> findings = new ArrayList<>();
    if (!capture.isInstalled()) {
      findings.add(new Finding(false, "no rules of Heddle are here"));
      return findings;
    }
    for (String difference : capture.differences(settings)) {
      findings.add(new Finding(false, difference));
    }
    if (findings.isEmpty()) {
      findings.add(new Finding(true, "rules are those of the settings, inbound and outbound"));
    }
    for (Family family : capture.families()) {
      if (settings.families().contains(family)) {
        findings.addAll(outbound(family));
      }
    }
    return findings;
  }

  private List<Finding> outbound(Family family) {
    Optional<InetSocketAddress> destination = destination(family);
    if (destination.isEmpty()) {
      return List.of(
          new Finding(true, family + ": not tried, no address without a host is to be captured"));
    }
    InetSocketAddress nobody = destination.get();
    List<Finding> findings = new ArrayList<>();
    try (Listener listener = new Listener(family)) {
      findings.add(captured(family, nobody, listener));
      passes(family, nobody).ifPresent(findings::add);
    } catch (ErrnoException e) {
      findings.add(new Finding(false, family + ": cannot listen: " + e.getMessage()));
    }
    return findings;
  }

  private Finding captured(Family family, InetSocketAddress nobody, Listener listener) {
    try {
      TcpSocket.connect(nobody, OptionalInt.empty(), ANSWER).close();
      return listener.meant(family, nobody);
    } catch (ErrnoException e) {
      if (e.errno() == ErrnoException.ENETUNREACH) {
        return new Finding(true, family + ": not tried, the pod has no route to other hosts");
      }
      return new Finding(
          false,
          family
              + ": a connection to "
              + text(nobody)
              + " was not captured ("
              + e.getMessage()
              + "; expected: port "
              + settings.outboundPort()
              + " answers)");
    }
  }

  /** Empty where there is no route, so that nothing could be tried. */
  private Optional<Finding> passes(Family family, InetSocketAddress nobody) {
    OptionalInt mark = OptionalInt.of(settings.mark().value());
    try {
      TcpSocket.connect(nobody, mark, ANSWER).close();
      return Optional.of(
          new Finding(
              false,
              family
                  + ": a connection with the daemon's mark to "
                  + text(nobody)
                  + " was answered: the daemon would call itself for ever"));
    } catch (ErrnoException e) {
      return e.errno() == ErrnoException.ENETUNREACH
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  true,
                  family + ": with the daemon's mark connections pass (" + e.getMessage() + ")"));
    }
  }

  private Optional<InetSocketAddress> destination(Family family) {
    for (String address : NOBODY.getOrDefault(family, List.of())) {
      for (int port : PORTS) {
        InetAddress nobody = InetAddress.ofLiteral(address);
        if (settings.outbound().captures(nobody, port)) {
          return Optional.of(new InetSocketAddress(nobody, port));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(InetSocketAddress address) {
    return new Cidr(address.getAddress(), address.getAddress().getAddress().length * 8)
        + " port "
        + address.getPort();
  }

  /** The daemon's outbound listener, or one in its place while there is none. */
  private final class Listener implements AutoCloseable {

    private final Optional<Descriptor> own;

    Listener(Family family) throws ErrnoException {
      String any = family == Family.IPV4 ? "0.0.0.0" : "::";
      InetSocketAddress at =
          new InetSocketAddress(InetAddress.ofLiteral(any), settings.outboundPort());
      Optional<Descriptor> listener;
      try {
        listener = Optional.of(TcpSocket.listen(at, ANSWER));
      } catch (ErrnoException e) {
        if (e.errno() != ErrnoException.EADDRINUSE) {
          throw e;
        }
        listener = Optional.empty();
      }
      this.own = listener;
    }

    /** Whether the connection that was just answered kept what it was meant for. */
    Finding meant(Family family, InetSocketAddress nobody) throws ErrnoException {
      if (own.isEmpty()) {
        return new Finding(true, family + ": outbound connections reach the daemon");
      }
      try (Descriptor connection = TcpSocket.accept(own.get())) {
        InetSocketAddress meant = TcpSocket.originalDestination(connection, family == Family.IPV6);
        return new Finding(
            meant.equals(nobody),
            family
                + ": outbound connections are captured, meant for "
                + text(meant)
                + " as they were made; no daemon listens yet");
      }
    }

    @Override
    public void close() {
      own.ifPresent(Descriptor::close);
    }
  }
}
