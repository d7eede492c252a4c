package dev.heddle.control.client.identity;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.identity.SpiffeId;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key and the certificates that say whose it is (SPIFFE X.509-SVID). */
@AutoValue
public abstract class WorkloadCertificate {

  /**
   * The value of its parts.
   *
   * @param chain leaf first, at least the leaf; IllegalArgumentException if empty
   */
  public static WorkloadCertificate of(PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the chain is empty (expected: the leaf first)");
    }
    return new AutoValue_WorkloadCertificate(
        key, Collections.unmodifiableList(new ArrayList<>(chain)));
  }

  /** The leaf's key. */
  public abstract PrivateKey key();

  /** As TLS sends it: the leaf first, each signed by the next. Not to be changed. */
  public abstract List<X509Certificate> chain();

  /** The certificate of this process. */
  public final X509Certificate leaf() {
    return chain().get(0);
  }

  /** Whose it is; null: no workload's, or none of this form of names. */
  public final @Nullable SpiffeId identity() {
    return CertificateIdentity.of(leaf());
  }

  /** When the leaf becomes valid, milliseconds since 1970. */
  public final long notBeforeMillis() {
    return leaf().getNotBefore().toInstant().toEpochMilli();
  }

  /** When the leaf ends, milliseconds since 1970. */
  public final long notAfterMillis() {
    return leaf().getNotAfter().toInstant().toEpochMilli();
  }

  /** Without the key, which no log may hold. */
  @Override
  public final String toString() {
    return "certificate "
        + leaf().getSerialNumber().toString(16)
        + " until "
        + leaf().getNotAfter().toInstant();
  }
}
