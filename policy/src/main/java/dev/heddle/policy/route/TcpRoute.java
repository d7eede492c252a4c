package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.List;

/** Where connections go that are not looked into: Istio {@code TLSRoute}, {@code TCPRoute}. */
@AutoValue
public abstract class TcpRoute {

  /** The value of its parts. */
  public static TcpRoute of(List<TcpMatch> matches, List<WeightedDestination> destinations) {
    return new AutoValue_TcpRoute(matches, destinations);
  }

  /** One of which must hold; empty: every connection takes this route. */
  public abstract List<TcpMatch> matches();

  /** Never empty; their changes to headers are empty. */
  public abstract List<WeightedDestination> destinations();
}
