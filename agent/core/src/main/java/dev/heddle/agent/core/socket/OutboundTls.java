package dev.heddle.agent.core.socket;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** How to speak mesh TLS to one endpoint. */
@AutoValue
public abstract class OutboundTls {

  /**
   * The value of its parts.
   *
   * @param identities SPIFFE URIs, one of which the peer must have; empty: any of the mesh's own
   *     trust domain, as Istio does where no identities are known
   * @param sni what the ClientHello names, {@code outbound_.9080_._.reviews.default.svc.cluster
   *     .local}; empty: nothing
   */
  public static OutboundTls of(Set<String> identities, String sni) {
    return new AutoValue_OutboundTls(Collections.unmodifiableSet(new TreeSet<>(identities)), sni);
  }

  /** SPIFFE URIs, sorted; empty: any of the trust domain. Not to be changed. */
  public abstract Set<String> identities();

  /** The server name of the ClientHello; empty: none. */
  public abstract String sni();

  /**
   * One for an address that both stand for: whoever either expects may be there. Any of the trust
   * domain where one of them says so.
   */
  final OutboundTls or(OutboundTls other) {
    if (equals(other)) {
      return this;
    }
    Set<String> both = new TreeSet<>();
    if (!identities().isEmpty() && !other.identities().isEmpty()) {
      both.addAll(identities());
      both.addAll(other.identities());
    }
    return of(both, sni());
  }
}
