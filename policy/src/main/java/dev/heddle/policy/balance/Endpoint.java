package dev.heddle.policy.balance;

import com.google.auto.value.AutoValue;
import com.google.auto.value.extension.memoized.Memoized;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One instance of a service. */
@AutoValue
public abstract class Endpoint {

  /** The kinds of {@link Endpoint} by health. */
  public enum Health {
    HEALTHY,
    UNHEALTHY,
    DRAINING
  }

  /** IP address, or a host name where resolution is DNS. */
  public abstract String address();

  /** Port on that address. */
  public abstract int port();

  /** Labels that subsets select by. */
  public abstract Map<String, String> labels();

  /** Relative weight, at least 1. */
  public abstract int weight();

  /** Region/zone/subzone; empty if unknown. */
  public abstract String locality();

  /** What its source says of it. */
  public abstract Health health();

  /** Whether it speaks mesh TLS. */
  public abstract boolean meshTls();

  /** SPIFFE identities it may present. */
  public abstract List<String> identities();

  /** Computed once: callers look up by endpoint what they made of it. */
  @Memoized
  @Override
  public abstract int hashCode();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_Endpoint.Builder()
        .address("")
        .port(0)
        .labels(Collections.emptyMap())
        .weight(1)
        .locality("")
        .health(Health.HEALTHY)
        .meshTls(false)
        .identities(Collections.emptyList());
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link Endpoint}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link Endpoint#address}. */
    public abstract Builder address(String address);

    /** See {@link Endpoint#port}. */
    public abstract Builder port(int port);

    /** See {@link Endpoint#labels}. */
    public abstract Builder labels(Map<String, String> labels);

    /** See {@link Endpoint#weight}. */
    public abstract Builder weight(int weight);

    /** See {@link Endpoint#locality}. */
    public abstract Builder locality(String locality);

    /** See {@link Endpoint#health}. */
    public abstract Builder health(Health health);

    /** See {@link Endpoint#meshTls}. */
    public abstract Builder meshTls(boolean meshTls);

    /** See {@link Endpoint#identities}. */
    public abstract Builder identities(List<String> identities);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract Endpoint build();
  }
}
