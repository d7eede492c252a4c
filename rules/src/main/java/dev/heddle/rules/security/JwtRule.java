package dev.heddle.rules.security;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Form;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import dev.heddle.rules.schema.SnakeCaseToo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code JWTRule}. */
@Cel(
    rule =
        "(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1",
    message = "only one of jwks and jwksUri can be set")
public record JwtRule(
    @Size(min = 1) @Description("Who made the token.") @Nullable String issuer,
    @Description("For whom the token is; one of these. Absent: any.")
        List<@Size(min = 1) String> audiences,
    @Size(min = 1, max = 2048)
        @SnakeCaseToo
        @Cel(
            rule = "url(self).getScheme() in ['http', 'https']",
            message = "url must have scheme http:// or https://")
        @Description("Where the issuer's keys are.")
        @Nullable String jwksUri,
    @Description("The issuer's keys.") @Nullable String jwks,
    @Description("Headers that have the token; absent: Authorization.") List<JwtHeader> fromHeaders,
    @Description("Parameters of the query that have the token.")
        List<@Size(min = 1) String> fromParams,
    @Description("Cookies that have the token.") List<@Size(min = 1) String> fromCookies,
    @Description("Header that gets the token's content, in base64.")
        @Nullable String outputPayloadToHeader,
    @Description("Whether the app gets the token.") @Nullable Boolean forwardOriginalToken,
    @Description("Headers that get claims.") List<ClaimToHeader> outputClaimToHeaders,
    @Size(max = 64) @Description("Claims that are lists of words.")
        List<@Size(min = 1) String> spaceDelimitedClaims,
    @Description("How long to wait for keys.") @Nullable GoDuration timeout) {
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
  public record JwtHeader(
      @Required @Size(min = 1) @Description("The header.") @Nullable String name,
      @Description("What is before the token.") @Nullable String prefix) {}

  /** Istio {@code ClaimToHeader}. */
  public record ClaimToHeader(
      @Required @Size(min = 1) @Form("^[-_A-Za-z0-9]+$") @Description("The header.")
          @Nullable String header,
      @Required @Size(min = 1) @Description("The claim.") @Nullable String claim) {}
}
