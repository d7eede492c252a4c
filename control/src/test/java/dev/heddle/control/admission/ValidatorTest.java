package dev.heddle.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.control.jwks.InlineKeySets;
import org.junit.jupiter.api.Test;

final class ValidatorTest {

  private static final String NETWORKING = "networking.istio.io/v1";
  private static final String SECURITY = "security.istio.io/v1";

  private final Validator validator =
      new Validator(new RuleCheck(new InlineKeySets()), Reviews.UNCOUNTED);

  private static ObjectNode virtualService(String timeout) {
    return Reviews.object(
        NETWORKING,
        "VirtualService",
        """
        metadata: {name: reviews, namespace: shop}
        spec:
          hosts: [reviews]
          http:
            - timeout: %s
              route: [{destination: {host: reviews}}]
        """
            .formatted(timeout));
  }

  @Test
  void aRuleThatIsRightIsAllowed() {
    AdmissionAnswer answer = validator.review(Reviews.create(virtualService("3s")));
    assertThat(answer.allowed()).as(answer.message()).isTrue();
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void aRefusalNamesTheFieldTheValueAndWhatIsExpected() {
    AdmissionAnswer answer = validator.review(Reviews.create(virtualService("soon")));
    assertThat(answer.allowed()).isFalse();
    assertThat(answer.message()).contains("spec.http[0].timeout", "soon", "expected");
  }

  @Test
  void aFieldThatIstioDoesNotKnowIsRefused() {
    ObjectNode rule = virtualService("3s");
    ((ObjectNode) rule.path("spec")).put("gatewayz", "x");
    assertThat(validator.review(Reviews.create(rule)).message()).contains("gatewayz");
  }

  @Test
  void whatValidationOfOneFieldDoesNotSeeIsRefusedWhereItIsTriedOut() {
    ObjectNode rule =
        Reviews.object(
            SECURITY,
            "RequestAuthentication",
            """
            metadata: {name: tokens, namespace: shop}
            spec:
              jwtRules: [{issuer: me, jwks: "no keys"}]
            """);
    AdmissionAnswer answer = validator.review(Reviews.create(rule));
    assertThat(answer.allowed()).isFalse();
    assertThat(answer.message()).isNotEmpty();
  }

  @Test
  void whatHasNoEffectYetIsAWarning() {
    ObjectNode rule =
        Reviews.object(
            NETWORKING,
            "DestinationRule",
            """
            metadata: {name: reviews, namespace: shop}
            spec:
              host: reviews
              trafficPolicy: {connectionPool: {tcp: {maxConnectionDuration: 3s}}}
            """);
    AdmissionAnswer answer = validator.review(Reviews.create(rule));
    assertThat(answer.allowed()).as(answer.message()).isTrue();
    assertThat(answer.warnings()).isNotEmpty();
  }

  @Test
  void aRuleThatWasWrongBeforeCanBeLabelledAndTakenAway() {
    ObjectNode wrong = virtualService("soon");
    ObjectNode labelled = wrong.deepCopy();
    PodTree.object(PodTree.object(labelled, "metadata"), "labels").put("team", "shop");
    assertThat(validator.review(Reviews.update(wrong, labelled)).allowed()).isTrue();

    ObjectNode leaving = virtualService("sooner");
    PodTree.object(leaving, "metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
    assertThat(validator.review(Reviews.update(wrong, leaving)).allowed()).isTrue();

    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    AdmissionRequest delete = new AdmissionRequest("1", "DELETE", "shop", nothing, wrong);
    assertThat(validator.review(delete).allowed()).isTrue();
  }

  @Test
  void aChangeOfAWrongRuleIsJudged() {
    AdmissionRequest update = Reviews.update(virtualService("soon"), virtualService("sooner"));
    assertThat(validator.review(update).allowed()).isFalse();
  }
}
