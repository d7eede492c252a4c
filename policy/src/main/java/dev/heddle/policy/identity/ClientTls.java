package dev.heddle.policy.identity;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.List;

/** Istio {@code ClientTLSSettings}: the TLS that is spoken towards a destination. */
@AutoValue
public abstract class ClientTls {

  /** The kinds of {@link ClientTls} by mode. */
  public enum Mode {
    DISABLE,
    SIMPLE,
    MUTUAL,
    ISTIO_MUTUAL
  }

  /** What is spoken. */
  public abstract Mode mode();

  /** Server name sent; empty for the host called. */
  public abstract String sni();

  /** Names one of which the server must present; empty for the host called. */
  public abstract List<String> subjectAltNames();

  /** Path of the roots trusted; empty for the JVM's. */
  public abstract String caCertificates();

  /** Path of the certificate shown (MUTUAL). */
  public abstract String clientCertificate();

  /** Path of its key (MUTUAL). */
  public abstract String privateKey();

  /** Whether the server is not verified. */
  public abstract boolean insecureSkipVerify();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_ClientTls.Builder()
        .sni("")
        .subjectAltNames(Collections.emptyList())
        .caCertificates("")
        .clientCertificate("")
        .privateKey("")
        .insecureSkipVerify(false);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link ClientTls}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link ClientTls#mode}. */
    public abstract Builder mode(Mode mode);

    /** See {@link ClientTls#sni}. */
    public abstract Builder sni(String sni);

    /** See {@link ClientTls#subjectAltNames}. */
    public abstract Builder subjectAltNames(List<String> subjectAltNames);

    /** See {@link ClientTls#caCertificates}. */
    public abstract Builder caCertificates(String caCertificates);

    /** See {@link ClientTls#clientCertificate}. */
    public abstract Builder clientCertificate(String clientCertificate);

    /** See {@link ClientTls#privateKey}. */
    public abstract Builder privateKey(String privateKey);

    /** See {@link ClientTls#insecureSkipVerify}. */
    public abstract Builder insecureSkipVerify(boolean insecureSkipVerify);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract ClientTls build();
  }
}
