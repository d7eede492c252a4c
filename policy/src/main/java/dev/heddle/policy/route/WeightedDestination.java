package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;

/**
 * One of the destinations among which a route divides its calls: Istio {@code
 * HTTPRouteDestination}.
 */
@AutoValue
public abstract class WeightedDestination {

  /** The value of its parts. */
  public static WeightedDestination of(
      Destination destination,
      int weight,
      HeaderChange requestHeaders,
      HeaderChange responseHeaders) {
    return new AutoValue_WeightedDestination(destination, weight, requestHeaders, responseHeaders);
  }

  /** Where. */
  public abstract Destination destination();

  /** Share relative to the sum of its siblings, at least 0. */
  public abstract int weight();

  /** Changes to the request on its way there. */
  public abstract HeaderChange requestHeaders();

  /** Changes to its response. */
  public abstract HeaderChange responseHeaders();

  /** Whether calls go there with the headers that they have. */
  boolean changesNothing() {
    return requestHeaders().equals(HeaderChange.NONE)
        && responseHeaders().equals(HeaderChange.NONE);
  }
}
