package dev.heddle.control.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Authentication.Proven;
import dev.heddle.control.ca.Caller;
import dev.heddle.control.ca.Refusal;
import dev.heddle.policy.identity.SpiffeId;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatusBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewedTokenTest {

  private static final String REVIEWS = "system:serviceaccount:shop:reviews";
  private static final String DAEMON = "system:serviceaccount:heddle-system:heddle-node";

  private final ReviewedToken judgement = new ReviewedToken("cluster.local");

  private static TokenReviewStatus vouched(String user, Map<String, List<String>> extra) {
    return new TokenReviewStatusBuilder()
        .withAuthenticated(true)
        .withAudiences("heddle-ca")
        .withNewUser()
        .withUsername(user)
        .withExtra(extra)
        .endUser()
        .build();
  }

  private static Map<String, List<String>> bound(String pod, String node) {
    return Map.of(
        "authentication.kubernetes.io/pod-name", List.of(pod),
        "authentication.kubernetes.io/node-name", List.of(node));
  }

  private void assertRefused(TokenReviewStatus status, Refusal reason, String message) {
    Authentication answer = judgement.of(status);
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    assertThat(((Authentication.Refused) answer).reason()).isEqualTo(reason);
    assertThat(((Authentication.Refused) answer).message()).contains(message);
  }

  @Test
  void aPodIsKnownByNamespaceAccountAndName() {
    SpiffeId identity = SpiffeId.of("cluster.local", "shop", "reviews");

    assertThat(judgement.of(vouched(REVIEWS, bound("reviews-1", "worker-1"))))
        .isEqualTo(new Proven(new Caller(identity, "", "reviews-1")));
  }

  @Test
  void thePodOfANodesDaemonProvesItsNode() {
    SpiffeId identity = SpiffeId.of("cluster.local", "heddle-system", "heddle-node");

    assertThat(judgement.of(vouched(DAEMON, bound("heddle-node-x", "worker-1"))))
        .isEqualTo(new Proven(new Caller(identity, "worker-1", "heddle-node-x")));
  }

  @Test
  void aDaemonWhoseTokenNamesNoNodeIsNoNodes() {
    Map<String, List<String>> pod =
        Map.of("authentication.kubernetes.io/pod-name", List.of("heddle-node-x"));

    assertThat(judgement.of(vouched(DAEMON, pod)))
        .isInstanceOfSatisfying(
            Proven.class, proven -> assertThat(proven.caller().isNode()).isFalse());
  }

  @Test
  void aTokenThatIsNotVouchedForIsRefusedWithTheServersReason() {
    assertRefused(
        new TokenReviewStatusBuilder().withAuthenticated(false).withError("it has expired").build(),
        Refusal.TOKEN_REJECTED,
        "it has expired");
    assertRefused(new TokenReviewStatus(), Refusal.TOKEN_REJECTED, "no reason given");
  }

  @Test
  void aServerThatDoesNotSpeakOfTheAudienceIsNotBelieved() {
    TokenReviewStatus silent = vouched(REVIEWS, bound("reviews-1", "worker-1"));
    silent.setAudiences(List.of());
    assertRefused(silent, Refusal.TOKEN_AUDIENCE, "token for audience []");
  }

  @Test
  void aTokenThatIsBoundToNoPodIsRefused() {
    assertRefused(
        vouched(REVIEWS, Map.of()), Refusal.TOKEN_POD, "token of " + REVIEWS + " that is bound to");
  }

  @Test
  void onlyServiceAccountsAreWorkloads() {
    for (String user : List.of("kubernetes-admin", "system:serviceaccount:shop", "system:node:a")) {
      assertRefused(
          vouched(user, bound("reviews-1", "worker-1")),
          Refusal.TOKEN_REJECTED,
          "token of \"" + user + "\"");
    }
  }
}
