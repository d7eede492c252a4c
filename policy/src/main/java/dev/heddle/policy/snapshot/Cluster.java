package dev.heddle.policy.snapshot;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.route.Destination;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller must know of one destination: which endpoints belong to it, and its traffic policy.
 */
@AutoValue
public abstract class Cluster {

  /** The kinds of {@link Cluster} by resolution. */
  public enum Resolution {
    STATIC,
    DNS,
    PASSTHROUGH
  }

  /** The name of the cluster. */
  public abstract Destination destination();

  /** Labels that its endpoints carry; empty for all endpoints of the host. */
  public abstract Map<String, String> subsetLabels();

  /** How endpoints become addresses. */
  public abstract Resolution resolution();

  /** How one is picked. */
  public abstract LoadBalancer loadBalancer();

  /** When one is left out. */
  public abstract @Nullable OutlierDetection outlierDetection();

  /** Limits. */
  public abstract ConnectionPool connectionPool();

  /**
   * TLS asked for by a DestinationRule; null leaves it to the endpoints: mesh TLS with those that
   * speak it (Istio's auto mTLS).
   */
  public abstract @Nullable ClientTls tls();

  /** Whether mesh TLS is spoken with one of its endpoints. */
  public final boolean speaksMeshTls(Endpoint endpoint) {
    ClientTls asked = tls();
    return asked == null ? endpoint.meshTls() : asked.mode() == ClientTls.Mode.ISTIO_MUTUAL;
  }

  /**
   * The SPIFFE identities one of which an endpoint must prove where mesh TLS is spoken; empty for
   * any of the mesh. Istio: names in the DestinationRule replace those of the endpoint.
   */
  public final List<String> identities(Endpoint endpoint) {
    ClientTls asked = tls();
    return asked == null || asked.subjectAltNames().isEmpty()
        ? endpoint.identities()
        : asked.subjectAltNames();
  }

  /** The server name that is sent where mesh TLS is spoken, in Istio's form. */
  public final String meshServerName() {
    ClientTls asked = tls();
    return asked == null || asked.sni().isEmpty()
        ? "outbound_."
            + destination().port()
            + "_."
            + destination().subset()
            + "_."
            + destination().host()
        : asked.sni();
  }

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_Cluster.Builder()
        .subsetLabels(Collections.emptyMap())
        .resolution(Resolution.STATIC)
        .loadBalancer(LoadBalancer.LEAST_REQUEST)
        .connectionPool(ConnectionPool.UNLIMITED);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link Cluster}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link Cluster#destination}. */
    public abstract Builder destination(Destination destination);

    /** See {@link Cluster#subsetLabels}. */
    public abstract Builder subsetLabels(Map<String, String> subsetLabels);

    /** See {@link Cluster#resolution}. */
    public abstract Builder resolution(Resolution resolution);

    /** See {@link Cluster#loadBalancer}. */
    public abstract Builder loadBalancer(LoadBalancer loadBalancer);

    /** See {@link Cluster#outlierDetection}. */
    public abstract Builder outlierDetection(@Nullable OutlierDetection outlierDetection);

    /** See {@link Cluster#connectionPool}. */
    public abstract Builder connectionPool(ConnectionPool connectionPool);

    /** See {@link Cluster#tls}. */
    public abstract Builder tls(@Nullable ClientTls tls);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract Cluster build();
  }
}
