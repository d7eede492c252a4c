package dev.heddle.node;

import java.util.logging.Level;
import java.util.logging.Logger;

/** How the daemon's log looks: SLF4J's lines go through java.util.logging to stderr. */
final class Logging {

  private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";

  /** One line each, time first. */
  private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s - %5$s%6$s%n";

  /** They tell of every connection that a stranger breaks. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private static final Logger NETTY = Logger.getLogger("io.netty");

  private Logging() {}

  /** To be called before anything is logged; what the command line of the JVM says stays. */
  static void prepare() {
    if (System.getProperty(FORMAT_PROPERTY) == null) {
      System.setProperty(FORMAT_PROPERTY, FORMAT);
    }
    GRPC.setLevel(Level.WARNING);
    NETTY.setLevel(Level.WARNING);
  }

  /** The logger above all others. */
  static Logger root() {
    return Logger.getLogger("");
  }
}
