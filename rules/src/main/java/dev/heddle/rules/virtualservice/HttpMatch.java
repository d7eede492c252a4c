package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPMatchRequest}. */
public record HttpMatch(
    @Nullable String name,
    @Nullable TextMatch uri,
    @Nullable TextMatch scheme,
    @Nullable TextMatch method,
    @Nullable TextMatch authority,
    Map<String, TextMatch> headers,
    @Nullable Long port,
    Map<String, String> sourceLabels,
    List<String> gateways,
    Map<String, TextMatch> queryParams,
    @Nullable Boolean ignoreUriCase,
    Map<String, TextMatch> withoutHeaders,
    @Nullable String sourceNamespace,
    @NotYet @Nullable String statPrefix) {
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
