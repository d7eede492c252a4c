package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One block of conditions on a connection, all of which must hold: Istio {@code
 * TLSMatchAttributes}, {@code L4MatchAttributes}.
 */
@AutoValue
public abstract class TcpMatch {

  /**
   * Names of which the TLS greeting must ask for one, in lower case, {@code *.example.com} for all
   * below; empty: whatever the connection carries.
   */
  public abstract List<String> sniHosts();

  /** Addresses or blocks in one of which the destination must be; empty: any. */
  public abstract List<String> destinationSubnets();

  /** The port called, 0 for any. */
  public abstract int port();

  /** Labels that the calling workload must carry. */
  public abstract Map<String, String> sourceLabels();

  /** Namespace of the calling workload, empty for any. */
  public abstract String sourceNamespace();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_TcpMatch.Builder()
        .sniHosts(Collections.emptyList())
        .destinationSubnets(Collections.emptyList())
        .port(0)
        .sourceLabels(Collections.emptyMap())
        .sourceNamespace("");
  }

  /** A value in the making. */
  @AutoValue.Builder
  public abstract static class Builder {

    public abstract Builder sniHosts(List<String> value);

    public abstract Builder destinationSubnets(List<String> value);

    public abstract Builder port(int value);

    public abstract Builder sourceLabels(Map<String, String> value);

    public abstract Builder sourceNamespace(String value);

    public abstract TcpMatch build();
  }
}
