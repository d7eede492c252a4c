package dev.heddle.api.codec;

import org.jspecify.annotations.Nullable;

/** The name of a resource: a host and a port. */
public final class HostPort {

  private static final int MAX_PORT = 65_535;

  private final String host;
  private final int port;

  private HostPort(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** The parts of {@code host:port}, or null if it is none. */
  public static @Nullable HostPort parse(String name) {
    int colon = name.lastIndexOf(':');
    if (colon < 1 || !name.substring(colon + 1).matches("\\d{1,5}")) {
      return null;
    }
    int port = Integer.parseInt(name.substring(colon + 1));
    return port < 1 || port > MAX_PORT ? null : new HostPort(name.substring(0, colon), port);
  }

  /** The host. */
  public String host() {
    return host;
  }

  /** The port, 1 to 65535. */
  public int port() {
    return port;
  }
}
