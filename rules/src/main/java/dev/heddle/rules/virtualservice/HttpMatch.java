package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPMatchRequest}. */
public record HttpMatch(
    @Description("A name for people.") @Nullable String name,
    @Description("The path.") @Nullable TextMatch uri,
    @Description("http or https.") @Nullable TextMatch scheme,
    @Description("The method.") @Nullable TextMatch method,
    @Description("The host that is called, with its port if it has one.")
        @Nullable TextMatch authority,
    @Description("Headers, by lowercase name.") Map<String, TextMatch> headers,
    @Description("The port that is called.") @Nullable Long port,
    @Description("Labels that the caller must have.") Map<String, String> sourceLabels,
    @Description("Where it holds; absent: as the VirtualService says.") List<String> gateways,
    @Description("Parameters of the query, by name.") Map<String, TextMatch> queryParams,
    @Description("Whether the case of letters in uri counts for nothing.")
        @Nullable Boolean ignoreUriCase,
    @Description("Headers that must not match, by lowercase name.")
        Map<String, TextMatch> withoutHeaders,
    @Description("The namespace that the caller must be in.") @Nullable String sourceNamespace,
    @Description("A prefix of metrics for these calls.") @NotYet @Nullable String statPrefix) {
  /** Absent lists and maps are empty ones. */
  public HttpMatch {
    headers =
        headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    sourceLabels =
        sourceLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    queryParams =
        queryParams == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(queryParams));
    withoutHeaders =
        withoutHeaders == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(withoutHeaders));
  }
}
