package dev.heddle.api.codec;

import static dev.heddle.api.codec.Collections8.copy;
import static dev.heddle.api.codec.Collections8.list;

import dev.heddle.policy.authn.JwtHeader;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns messages into what a workload must hold to be called; IllegalArgumentException where an
 * enum is unknown.
 */
public final class WorkloadDecoder {

  private WorkloadDecoder() {}

  public static WorkloadPolicy decode(dev.heddle.api.v1.Workload m) {
    Map<Integer, MutualTlsMode> ports = new TreeMap<>();
    m.getPortModesMap()
        .forEach((port, mode) -> ports.put(port, Enums.same(MutualTlsMode.class, mode)));
    return WorkloadPolicy.of(
        Enums.same(MutualTlsMode.class, m.getMode()),
        Collections.unmodifiableMap(ports),
        list(m.getPoliciesList(), WorkloadDecoder::decode),
        list(m.getJwtRulesList(), WorkloadDecoder::decode));
  }

  private static AuthorizationPolicy decode(dev.heddle.api.v1.AuthorizationPolicy m) {
    return AuthorizationPolicy.of(
        m.getName(),
        Enums.same(AuthorizationPolicy.Action.class, m.getAction()),
        m.getDryRun(),
        list(m.getRulesList(), WorkloadDecoder::decode));
  }

  private static AuthorizationRule decode(dev.heddle.api.v1.AuthorizationRule m) {
    return AuthorizationRule.of(
        list(m.getFromList(), WorkloadDecoder::decode),
        list(m.getToList(), WorkloadDecoder::decode),
        list(m.getWhenList(), WorkloadDecoder::decode));
  }

  private static List<AttributeMatch> decode(dev.heddle.api.v1.AttributeMatches m) {
    return list(m.getAllList(), WorkloadDecoder::decode);
  }

  private static AttributeMatch decode(dev.heddle.api.v1.AttributeMatch m) {
    return AttributeMatch.of(
        Enums.same(Attribute.class, m.getAttribute()),
        m.getKey(),
        copy(m.getValuesList()),
        copy(m.getNotValuesList()));
  }

  private static JwtRule decode(dev.heddle.api.v1.JwtRule m) {
    return JwtRule.builder()
        .policy(m.getPolicy())
        .issuer(m.getIssuer())
        .audiences(copy(m.getAudiencesList()))
        .keys(list(m.getKeysList(), WorkloadDecoder::decode))
        .fromHeaders(list(m.getFromHeadersList(), WorkloadDecoder::decode))
        .fromParams(copy(m.getFromParamsList()))
        .fromCookies(copy(m.getFromCookiesList()))
        .forwardOriginalToken(m.getForwardOriginalToken())
        .outputPayloadToHeader(m.getOutputPayloadToHeader())
        .outputClaimToHeaders(copy(m.getOutputClaimToHeadersMap()))
        .spaceDelimitedClaims(copy(m.getSpaceDelimitedClaimsList()))
        .build();
  }

  private static JwtKey decode(dev.heddle.api.v1.JwtKey m) {
    return JwtKey.of(m.getKeyId(), copy(m.getAlgorithmsList()), m.getPublicKey());
  }

  private static JwtHeader decode(dev.heddle.api.v1.JwtHeader m) {
    return JwtHeader.of(m.getName(), m.getPrefix());
  }
}
