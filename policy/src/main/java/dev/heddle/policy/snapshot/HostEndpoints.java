package dev.heddle.policy.snapshot;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.balance.Endpoint;
import java.util.List;

/** The resource {@code heddle.v1.Endpoints/<host>:<port>}: all instances of one service port. */
@AutoValue
public abstract class HostEndpoints {

  /** The value of its parts. */
  public static HostEndpoints of(String host, int port, List<Endpoint> endpoints) {
    return new AutoValue_HostEndpoints(host, port, endpoints);
  }

  /** Fully qualified host. */
  public abstract String host();

  /** Service port. */
  public abstract int port();

  /** In a stable order. */
  public abstract List<Endpoint> endpoints();
}
