package dev.heddle.control.ca;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows.
 *
 * @param address where it calls from, without its port
 * @param token the bearer token, or null where it sends none
 * @param certificates its chain, its own first, of which the handshake has proven that it holds the
 *     key and nothing else; empty where it shows none
 */
public record Credentials(
    String address, @Nullable String token, List<X509Certificate> certificates) {

  /** Takes the chain as it is now. */
  public Credentials {
    certificates = List.copyOf(certificates);
  }
}
