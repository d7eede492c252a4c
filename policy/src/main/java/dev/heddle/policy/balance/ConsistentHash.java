package dev.heddle.policy.balance;

import com.google.auto.value.AutoValue;

/**
 * Istio {@code LoadBalancerSettings.ConsistentHashLB}: calls with the same key go to the same
 * endpoint.
 */
@AutoValue
public abstract class ConsistentHash {

  /** The kinds of {@link ConsistentHash} by algorithm. */
  public enum Algorithm {
    RING_HASH,
    MAGLEV
  }

  /** The kinds of {@link ConsistentHash} by source. */
  public enum Source {
    HEADER,
    COOKIE,
    SOURCE_IP,
    QUERY_PARAMETER
  }

  /** Ring or Maglev. */
  public abstract Algorithm algorithm();

  /** Minimum ring size, or size of the Maglev table (a prime). */
  public abstract long tableSize();

  /** Where the key comes from. */
  public abstract Source source();

  /** Name of the header, cookie or query parameter; empty for the source address. */
  public abstract String name();

  /** Path of a generated cookie. */
  public abstract String cookiePath();

  /** Life of a generated cookie; 0: session cookie, -1: none is generated. */
  public abstract long cookieTtlNanos();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_ConsistentHash.Builder()
        .tableSize(0)
        .name("")
        .cookiePath("")
        .cookieTtlNanos(-1);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link ConsistentHash}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link ConsistentHash#algorithm}. */
    public abstract Builder algorithm(Algorithm algorithm);

    /** See {@link ConsistentHash#tableSize}. */
    public abstract Builder tableSize(long tableSize);

    /** See {@link ConsistentHash#source}. */
    public abstract Builder source(Source source);

    /** See {@link ConsistentHash#name}. */
    public abstract Builder name(String name);

    /** See {@link ConsistentHash#cookiePath}. */
    public abstract Builder cookiePath(String cookiePath);

    /** See {@link ConsistentHash#cookieTtlNanos}. */
    public abstract Builder cookieTtlNanos(long cookieTtlNanos);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract ConsistentHash build();
  }
}
