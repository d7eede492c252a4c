package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRedirect}: the caller is told to go elsewhere. */
@AutoValue
public abstract class Redirect {

  /** The kinds of {@link Redirect} by portsource. */
  public enum PortSource {
    UNCHANGED,
    FIXED,
    PROTOCOL_DEFAULT,
    FROM_REQUEST
  }

  /** New path. */
  public abstract @Nullable String uri();

  /** New authority. */
  public abstract @Nullable String authority();

  /** Where the port of the new location comes from. */
  public abstract PortSource portSource();

  /** The port when FIXED. */
  public abstract int port();

  /** New scheme. */
  public abstract @Nullable String scheme();

  /** 301, 302, 303, 307 or 308. */
  public abstract int code();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_Redirect.Builder().portSource(PortSource.UNCHANGED).port(0).code(301);
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link Redirect}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link Redirect#uri}. */
    public abstract Builder uri(@Nullable String uri);

    /** See {@link Redirect#authority}. */
    public abstract Builder authority(@Nullable String authority);

    /** See {@link Redirect#portSource}. */
    public abstract Builder portSource(PortSource portSource);

    /** See {@link Redirect#port}. */
    public abstract Builder port(int port);

    /** See {@link Redirect#scheme}. */
    public abstract Builder scheme(@Nullable String scheme);

    /** See {@link Redirect#code}. */
    public abstract Builder code(int code);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract Redirect build();
  }
}
