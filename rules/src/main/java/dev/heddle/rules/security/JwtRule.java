package dev.heddle.rules.security;

import dev.heddle.rules.GoDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code JWTRule}. */
public record JwtRule(
    @Nullable String issuer,
    List<String> audiences,
    @Nullable String jwksUri,
    @Nullable String jwks,
    List<JwtHeader> fromHeaders,
    List<String> fromParams,
    List<String> fromCookies,
    @Nullable String outputPayloadToHeader,
    @Nullable Boolean forwardOriginalToken,
    List<ClaimToHeader> outputClaimToHeaders,
    List<String> spaceDelimitedClaims,
    @Nullable GoDuration timeout) {
  /** Absent lists are empty ones. */
  public JwtRule {
    audiences = audiences == null ? List.of() : List.copyOf(audiences);
    fromHeaders = fromHeaders == null ? List.of() : List.copyOf(fromHeaders);
    fromParams = fromParams == null ? List.of() : List.copyOf(fromParams);
    fromCookies = fromCookies == null ? List.of() : List.copyOf(fromCookies);
    outputClaimToHeaders =
        outputClaimToHeaders == null ? List.of() : List.copyOf(outputClaimToHeaders);
    spaceDelimitedClaims =
        spaceDelimitedClaims == null ? List.of() : List.copyOf(spaceDelimitedClaims);
  }

  /** Istio {@code JWTHeader}. */
  public record JwtHeader(@Nullable String name, @Nullable String prefix) {}

  /** Istio {@code ClaimToHeader}. */
  public record ClaimToHeader(@Nullable String header, @Nullable String claim) {}
}
