package dev.heddle.api.codec;

import dev.heddle.policy.authn.JwtHeader;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.List;

/** Turns what a workload must hold to be called into messages. */
public final class WorkloadEncoder {

  private WorkloadEncoder() {}

  public static dev.heddle.api.v1.Workload encode(WorkloadPolicy v) {
    dev.heddle.api.v1.Workload.Builder m = dev.heddle.api.v1.Workload.newBuilder();
    m.setMode(dev.heddle.api.v1.Workload.MutualTlsMode.valueOf(v.mode().name()));
    v.portModes()
        .forEach(
            (port, mode) ->
                m.putPortModes(
                    port, dev.heddle.api.v1.Workload.MutualTlsMode.valueOf(mode.name())));
    v.policies().forEach(policy -> m.addPolicies(encode(policy)));
    v.jwtRules().forEach(rule -> m.addJwtRules(encode(rule)));
    return m.build();
  }

  private static dev.heddle.api.v1.AuthorizationPolicy encode(AuthorizationPolicy v) {
    dev.heddle.api.v1.AuthorizationPolicy.Builder m =
        dev.heddle.api.v1.AuthorizationPolicy.newBuilder();
    m.setName(v.name());
    m.setAction(dev.heddle.api.v1.AuthorizationPolicy.Action.valueOf(v.action().name()));
    m.setDryRun(v.dryRun());
    v.rules().forEach(rule -> m.addRules(encode(rule)));
    return m.build();
  }

  private static dev.heddle.api.v1.AuthorizationRule encode(AuthorizationRule v) {
    dev.heddle.api.v1.AuthorizationRule.Builder m =
        dev.heddle.api.v1.AuthorizationRule.newBuilder();
    v.from().forEach(all -> m.addFrom(encode(all)));
    v.to().forEach(all -> m.addTo(encode(all)));
    v.when().forEach(match -> m.addWhen(encode(match)));
    return m.build();
  }

  private static dev.heddle.api.v1.AttributeMatches encode(List<AttributeMatch> all) {
    dev.heddle.api.v1.AttributeMatches.Builder m = dev.heddle.api.v1.AttributeMatches.newBuilder();
    all.forEach(match -> m.addAll(encode(match)));
    return m.build();
  }

  private static dev.heddle.api.v1.AttributeMatch encode(AttributeMatch v) {
    return dev.heddle.api.v1.AttributeMatch.newBuilder()
        .setAttribute(dev.heddle.api.v1.AttributeMatch.Attribute.valueOf(v.attribute().name()))
        .setKey(v.key())
        .addAllValues(v.values())
        .addAllNotValues(v.notValues())
        .build();
  }

  private static dev.heddle.api.v1.JwtRule encode(JwtRule v) {
    dev.heddle.api.v1.JwtRule.Builder m = dev.heddle.api.v1.JwtRule.newBuilder();
    m.setPolicy(v.policy());
    m.setIssuer(v.issuer());
    m.addAllAudiences(v.audiences());
    v.keys().forEach(key -> m.addKeys(encode(key)));
    v.fromHeaders().forEach(header -> m.addFromHeaders(encode(header)));
    m.addAllFromParams(v.fromParams());
    m.addAllFromCookies(v.fromCookies());
    m.setForwardOriginalToken(v.forwardOriginalToken());
    m.setOutputPayloadToHeader(v.outputPayloadToHeader());
    m.putAllOutputClaimToHeaders(v.outputClaimToHeaders());
    m.addAllSpaceDelimitedClaims(v.spaceDelimitedClaims());
    return m.build();
  }

  private static dev.heddle.api.v1.JwtKey encode(JwtKey v) {
    return dev.heddle.api.v1.JwtKey.newBuilder()
        .setKeyId(v.keyId())
        .addAllAlgorithms(v.algorithms())
        .setPublicKey(v.publicKey())
        .build();
  }

  private static dev.heddle.api.v1.JwtHeader encode(JwtHeader v) {
    return dev.heddle.api.v1.JwtHeader.newBuilder().setName(v.name()).setPrefix(v.prefix()).build();
  }
}
