package dev.heddle.api.codec;

import static dev.heddle.api.codec.Texts.few;
import static dev.heddle.api.codec.Texts.map;
import static dev.heddle.api.codec.Texts.text;
import static dev.heddle.api.codec.Texts.texts;

import dev.heddle.policy.authn.JwtHeader;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Any policy of a workload that the types of policy can hold. */
final class WorkloadValues {

  private WorkloadValues() {}

  private static Arbitrary<AttributeMatch> match() {
    return Combinators.combine(Arbitraries.of(Attribute.class), text(), texts(), texts())
        .as(AttributeMatch::of);
  }

  private static Arbitrary<AuthorizationRule> rule() {
    return Combinators.combine(few(few(match())), few(few(match())), few(match()))
        .as(AuthorizationRule::of);
  }

  private static Arbitrary<AuthorizationPolicy> policy() {
    return Combinators.combine(
            text(),
            Arbitraries.of(AuthorizationPolicy.Action.class),
            Arbitraries.of(true, false),
            few(rule()))
        .as(AuthorizationPolicy::of);
  }

  private static Arbitrary<JwtKey> key() {
    return Combinators.combine(text(), texts(), text()).as(JwtKey::of);
  }

  private static Arbitrary<JwtHeader> header() {
    return Combinators.combine(text(), text()).as(JwtHeader::of);
  }

  private static Arbitrary<JwtRule> jwtRule() {
    return Builders.withBuilder(JwtRule::builder)
        .use(text())
        .in(JwtRule.Builder::policy)
        .use(text())
        .in(JwtRule.Builder::issuer)
        .use(texts())
        .in(JwtRule.Builder::audiences)
        .use(few(key()))
        .in(JwtRule.Builder::keys)
        .use(few(header()))
        .in(JwtRule.Builder::fromHeaders)
        .use(texts())
        .in(JwtRule.Builder::fromParams)
        .use(texts())
        .in(JwtRule.Builder::fromCookies)
        .use(Arbitraries.of(true, false))
        .in(JwtRule.Builder::forwardOriginalToken)
        .use(text())
        .in(JwtRule.Builder::outputPayloadToHeader)
        .use(map())
        .in(JwtRule.Builder::outputClaimToHeaders)
        .use(texts())
        .in(JwtRule.Builder::spaceDelimitedClaims)
        .build(JwtRule.Builder::build);
  }

  static Arbitrary<WorkloadPolicy> workload() {
    Arbitrary<MutualTlsMode> mode = Arbitraries.of(MutualTlsMode.class);
    return Combinators.combine(
            mode,
            Arbitraries.maps(Arbitraries.integers(), mode).ofMaxSize(3),
            few(policy()),
            few(jwtRule()))
        .as(WorkloadPolicy::of);
  }
}
