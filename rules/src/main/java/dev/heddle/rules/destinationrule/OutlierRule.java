package dev.heddle.rules.destinationrule;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code OutlierDetection}. */
public record OutlierRule(
    @Description("Use consecutive5xxErrors.") @Nullable Integer consecutiveErrors,
    @Description("Whether failures to connect are counted apart from answers.")
        @Nullable Boolean splitExternalLocalOriginErrors,
    @NullTaken @Description("Failures to connect in a row until it is left out.")
        @Nullable Long consecutiveLocalOriginFailures,
    @NullTaken @Description("Answers 502, 503 and 504 in a row until it is left out.")
        @Nullable Long consecutiveGatewayErrors,
    @NullTaken
        @Description("Answers 5xx in a row until it is left out.")
        @JsonAlias("consecutive_5xx_errors")
        @Nullable Long consecutive5xxErrors,
    @Description("How often endpoints are looked at.") @Nullable GoDuration interval,
    @Description("How long it is left out, times how often it was.")
        @Nullable GoDuration baseEjectionTime,
    @Description("Share of endpoints at most that is left out.")
        @Nullable Integer maxEjectionPercent,
    @Description("Share of endpoints that must be left; below it none is left out.")
        @Nullable Integer minHealthPercent,
    @Description("Statuses that are failures.") @NotYet
        @Nullable List<@Range(min = 100, max = 599) Long> outlierDetectionHttpErrorCodes) {}
