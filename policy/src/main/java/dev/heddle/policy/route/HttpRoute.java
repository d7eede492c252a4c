package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.RetryPolicy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a VirtualService: Istio {@code HTTPRoute}. Exactly one of destinations, redirect and
 * directResponse says where a call goes.
 */
@AutoValue
public abstract class HttpRoute {

  /** Name for logs and metrics; may be empty. */
  public abstract String name();

  /** Alternatives; empty matches every call. */
  public abstract List<RouteMatch> matches();

  /** Among these the call is divided. */
  public abstract List<WeightedDestination> destinations();

  /** Answered by a redirect. */
  public abstract @Nullable Redirect redirect();

  /** Answered by the mesh. */
  public abstract @Nullable DirectResponse directResponse();

  /** What is sent instead. */
  public abstract @Nullable Rewrite rewrite();

  /** Changes to the request. */
  public abstract HeaderChange requestHeaders();

  /** Changes to the response. */
  public abstract HeaderChange responseHeaders();

  /** Limit of the whole call with its retries, 0 for none. */
  public abstract long timeoutNanos();

  /** When attempts are repeated. */
  public abstract RetryPolicy retry();

  /** Faults on purpose. */
  public abstract @Nullable Fault fault();

  /** Copies. */
  public abstract List<Mirror> mirrors();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_HttpRoute.Builder()
        .name("")
        .matches(Collections.emptyList())
        .destinations(Collections.emptyList())
        .requestHeaders(HeaderChange.NONE)
        .responseHeaders(HeaderChange.NONE)
        .timeoutNanos(0)
        .retry(RetryPolicy.DEFAULT)
        .mirrors(Collections.emptyList());
  }

  /** Whether it takes every call to its one destination as the call is, for as long as it takes. */
  public boolean forwardsUnread() {
    return matches().isEmpty()
        && destinations().size() == 1
        && destinations().get(0).changesNothing()
        && rewrite() == null
        && requestHeaders().equals(HeaderChange.NONE)
        && responseHeaders().equals(HeaderChange.NONE)
        && fault() == null
        && mirrors().isEmpty()
        && timeoutNanos() == 0;
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link HttpRoute}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link HttpRoute#name}. */
    public abstract Builder name(String name);

    /** See {@link HttpRoute#matches}. */
    public abstract Builder matches(List<RouteMatch> matches);

    /** See {@link HttpRoute#destinations}. */
    public abstract Builder destinations(List<WeightedDestination> destinations);

    /** See {@link HttpRoute#redirect}. */
    public abstract Builder redirect(@Nullable Redirect redirect);

    /** See {@link HttpRoute#directResponse}. */
    public abstract Builder directResponse(@Nullable DirectResponse directResponse);

    /** See {@link HttpRoute#rewrite}. */
    public abstract Builder rewrite(@Nullable Rewrite rewrite);

    /** See {@link HttpRoute#requestHeaders}. */
    public abstract Builder requestHeaders(HeaderChange requestHeaders);

    /** See {@link HttpRoute#responseHeaders}. */
    public abstract Builder responseHeaders(HeaderChange responseHeaders);

    /** See {@link HttpRoute#timeoutNanos}. */
    public abstract Builder timeoutNanos(long timeoutNanos);

    /** See {@link HttpRoute#retry}. */
    public abstract Builder retry(RetryPolicy retry);

    /** See {@link HttpRoute#fault}. */
    public abstract Builder fault(@Nullable Fault fault);

    /** See {@link HttpRoute#mirrors}. */
    public abstract Builder mirrors(List<Mirror> mirrors);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract HttpRoute build();
  }
}
