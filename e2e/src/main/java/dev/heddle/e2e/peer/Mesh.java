package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** For clients that connect to addresses, which the mesh knows of services that were called. */
final class Mesh {

  private Mesh() {}

  /** Calls a service by its name; what becomes of the call does not matter. */
  static void meet(String host) {
    try (InputStream in = URI.create("http://" + host + ":9080/").toURL().openStream()) {
      in.skip(Long.MAX_VALUE);
    } catch (IOException e) {
      // it need not speak HTTP
    }
  }
}
