package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One block of conditions, all of which must hold: Istio {@code HTTPMatchRequest}. */
@AutoValue
public abstract class RouteMatch {

  /** The name given in the rule, for logs; may be empty. */
  public abstract String name();

  /** Condition on the path without its query. */
  public abstract @Nullable StringMatch uri();

  /** Whether the uri condition ignores case (exact and prefix only). */
  public abstract boolean ignoreUriCase();

  /** Condition on the scheme. */
  public abstract @Nullable StringMatch scheme();

  /** Condition on the method. */
  public abstract @Nullable StringMatch method();

  /** Condition on the Host or :authority. */
  public abstract @Nullable StringMatch authority();

  /** Conditions on headers, all of which must hold. */
  public abstract List<NamedMatch> headers();

  /** Conditions none of which may hold. */
  public abstract List<NamedMatch> withoutHeaders();

  /** Conditions on query parameters. */
  public abstract List<NamedMatch> queryParams();

  /** The port called, 0 for any. */
  public abstract int port();

  /** Labels that the calling workload must carry. */
  public abstract Map<String, String> sourceLabels();

  /** Namespace of the calling workload, empty for any. */
  public abstract String sourceNamespace();

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_RouteMatch.Builder()
        .name("")
        .ignoreUriCase(false)
        .headers(Collections.emptyList())
        .withoutHeaders(Collections.emptyList())
        .queryParams(Collections.emptyList())
        .port(0)
        .sourceLabels(Collections.emptyMap())
        .sourceNamespace("");
  }

  /** The same value, to be changed. */
  public abstract Builder toBuilder();

  /** Builds {@link RouteMatch}; a part without a default must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link RouteMatch#name}. */
    public abstract Builder name(String name);

    /** See {@link RouteMatch#uri}. */
    public abstract Builder uri(@Nullable StringMatch uri);

    /** See {@link RouteMatch#ignoreUriCase}. */
    public abstract Builder ignoreUriCase(boolean ignoreUriCase);

    /** See {@link RouteMatch#scheme}. */
    public abstract Builder scheme(@Nullable StringMatch scheme);

    /** See {@link RouteMatch#method}. */
    public abstract Builder method(@Nullable StringMatch method);

    /** See {@link RouteMatch#authority}. */
    public abstract Builder authority(@Nullable StringMatch authority);

    /** See {@link RouteMatch#headers}. */
    public abstract Builder headers(List<NamedMatch> headers);

    /** See {@link RouteMatch#withoutHeaders}. */
    public abstract Builder withoutHeaders(List<NamedMatch> withoutHeaders);

    /** See {@link RouteMatch#queryParams}. */
    public abstract Builder queryParams(List<NamedMatch> queryParams);

    /** See {@link RouteMatch#port}. */
    public abstract Builder port(int port);

    /** See {@link RouteMatch#sourceLabels}. */
    public abstract Builder sourceLabels(Map<String, String> sourceLabels);

    /** See {@link RouteMatch#sourceNamespace}. */
    public abstract Builder sourceNamespace(String sourceNamespace);

    /** The value; IllegalStateException names the parts that were not set. */
    public abstract RouteMatch build();
  }
}
