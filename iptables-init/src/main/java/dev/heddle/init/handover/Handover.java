package dev.heddle.init.handover;

import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.ErrnoException;
import dev.heddle.init.linux.UnixSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One pod handed over, in two steps, so that there is no moment when rules lead to nobody: the
 * daemon listens, then rules are put in place, then the daemon is told that it is so. A connection
 * that ends earlier undoes what was done on either side.
 */
public final class Handover implements AutoCloseable {

  /** What the daemon says first: a version is refused before anything is asked of it. */
  public static final String GREETING = "heddle-node 1";

  /** The byte that a descriptor travels with, which says nothing. */
  public static final byte WITH_DESCRIPTOR = 'N';

  /** The daemon listens in the pod. */
  public static final String LISTENING = "listening";

  /** Rules are in place. */
  public static final String CAPTURED = "captured";

  /** The daemon knows, and serves the pod from now on. */
  public static final String SERVING = "serving";

  /** A line of either side, its end included. */
  public static final int MAX_LINE_BYTES = 512;

  private static final Duration RETRY = Duration.ofMillis(100);

  private final Path path;
  private final Descriptor socket;
  private final Deadline deadline;
  private final StringBuilder received = new StringBuilder();

  private Handover(Path path, Descriptor socket, Deadline deadline) {
    this.path = path;
    this.socket = socket;
    this.deadline = deadline;
  }

  /**
   * Hands a namespace to the daemon and returns when it listens there.
   *
   * @param wait bounds this and {@link #commit} together
   * @throws HandoverException where the daemon is absent, full, refuses or says nothing in time
   */
  public static Handover open(Path daemon, Path netns, CaptureRequest request, Duration wait)
      throws HandoverException {
    Deadline deadline = Deadline.in(wait);
    Handover handover = new Handover(daemon, connect(daemon, deadline), deadline);
    try (Descriptor namespace = Descriptor.open(netns)) {
      UnixSocket.send(handover.socket, WITH_DESCRIPTOR, namespace);
      handover.expect(GREETING);
      handover.socket.send(request.toLine() + "\n");
      handover.expect(LISTENING);
      return handover;
    } catch (ErrnoException e) {
      handover.close();
      throw handover.broken(e);
    } catch (HandoverException e) {
      handover.close();
      throw e;
    }
  }

  /** Tells the daemon that rules are in place, and hears that it knows. */
  public void commit() throws HandoverException {
    try {
      socket.send(CAPTURED + "\n");
      expect(SERVING);
    } catch (ErrnoException e) {
      throw broken(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  /** A daemon that is being replaced is back in a moment, so absence is asked again. */
  private static Descriptor connect(Path path, Deadline deadline) throws HandoverException {
    while (true) {
      try {
        return UnixSocket.connect(path, deadline.left());
      } catch (ErrnoException e) {
        boolean absent =
            e.errno() == ErrnoException.ENOENT || e.errno() == ErrnoException.ECONNREFUSED;
        if (!absent || deadline.left().compareTo(RETRY) < 0) {
          throw new HandoverException(
              "no node daemon at "
                  + path
                  + " ("
                  + e.getMessage()
                  + ", waited "
                  + deadline.length().toMillis()
                  + " ms); is heddle-node running on this node, and is its socket mounted here?",
              e);
        }
        pause();
      }
    }
  }

  private static void pause() throws HandoverException {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandoverException("interrupted while waiting for the node daemon", e);
    }
  }

  private void expect(String line) throws HandoverException, ErrnoException {
    String got = line();
    if (!got.equals(line)) {
      throw new HandoverException(
          "the node daemon at " + path + " says \"" + got + "\" (expected: " + line + ")");
    }
  }

  private String line() throws HandoverException, ErrnoException {
    while (received.indexOf("\n") < 0) {
      socket.limit(deadline.left());
      byte[] bytes = socket.receive(MAX_LINE_BYTES);
      if (bytes.length == 0) {
        throw new HandoverException(
            "the node daemon at "
                + path
                + " closed the connection after \""
                + received
                + "\"; its log says why");
      }
      received.append(new String(bytes, StandardCharsets.US_ASCII));
      if (received.length() > MAX_LINE_BYTES) {
        throw new HandoverException(
            "the node daemon at " + path + " sent more than " + MAX_LINE_BYTES + " bytes");
      }
    }
    String line = received.substring(0, received.indexOf("\n"));
    received.delete(0, line.length() + 1);
    return line;
  }

  private HandoverException broken(ErrnoException e) {
    String what =
        e.isTimeout()
            ? " did not answer within " + deadline.length().toMillis() + " ms"
            : " went away (" + e.getMessage() + ")";
    return new HandoverException("the node daemon at " + path + what + "; its log says why", e);
  }
}
