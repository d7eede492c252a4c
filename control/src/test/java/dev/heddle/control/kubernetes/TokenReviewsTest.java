package dev.heddle.control.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Credentials;
import dev.heddle.control.ca.Refusal;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking within bounds; the API server is a function here. */
class TokenReviewsTest {

  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");

  @AfterEach
  void letGo() {
    closed.countDown();
  }

  private TokenReviews asking(UnaryOperator<TokenReview> server) {
    return new TokenReviews(server, "cluster.local", () -> now, PATIENCE);
  }

  private TokenReview vouch(TokenReview review) {
    asked.incrementAndGet();
    boolean good = review.getSpec().getToken().startsWith("good");
    return new TokenReviewBuilder(review)
        .withNewStatus()
        .withAuthenticated(good)
        .withAudiences(review.getSpec().getAudiences())
        .withNewUser()
        .withUsername("system:serviceaccount:shop:reviews")
        .withExtra(Map.of("authentication.kubernetes.io/pod-name", List.of("reviews-1")))
        .endUser()
        .endStatus()
        .build();
  }

  private TokenReview hang(TokenReview review) {
    asked.incrementAndGet();
    boolean hangs = true;
    while (hangs) {
      try {
        closed.await();
        hangs = false;
      } catch (InterruptedException e) {
        hangs = true; // told to give up, and does not
      }
    }
    return review;
  }

  private static Authentication show(TokenReviews reviews, String token) {
    return reviews.authenticate(new Credentials("10.0.0.1", token, List.of()));
  }

  private static void assertUnreviewed(Authentication answer, String why) {
    assertThat(answer).isInstanceOf(Authentication.Refused.class);
    assertThat(((Authentication.Refused) answer).reason()).isEqualTo(Refusal.TOKEN_UNREVIEWED);
    assertThat(((Authentication.Refused) answer).message()).contains(why);
  }

  @Test
  void aTokenIsReviewedOnceForAFewSeconds() {
    TokenReviews reviews = asking(this::vouch);

    Authentication first = show(reviews, "good");
    assertThat(first).isInstanceOf(Authentication.Proven.class);
    assertThat(show(reviews, "good")).isEqualTo(first);
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(10);
    assertThat(show(reviews, "good")).isEqualTo(first);
    assertThat(asked).hasValue(2);
  }

  @Test
  void whatIsRefusedIsNotRemembered() {
    TokenReviews reviews = asking(this::vouch);

    assertThat(show(reviews, "bad")).isInstanceOf(Authentication.Refused.class);
    assertThat(show(reviews, "bad")).isInstanceOf(Authentication.Refused.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void withoutATokenNobodyIsAsked() {
    assertThat(asking(this::vouch).authenticate(new Credentials("10.0.0.1", null, List.of())))
        .isEqualTo(new Authentication.NotOffered());
    assertThat(asked).hasValue(0);
  }

  @Test
  void aServerThatIsAwayRefusesNobodyForGood() {
    TokenReviews reviews =
        asking(
            review -> {
              throw new IllegalStateException("connection refused");
            });

    assertUnreviewed(show(reviews, "good"), "connection refused");
  }

  @Test
  void aServerThatHangsHoldsNobodyForLongAndIsNotAskedByMoreThanABoundedNumber() throws Exception {
    TokenReviews reviews = asking(this::hang);

    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Authentication>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String token = "good-" + i;
        calls.add(() -> show(reviews, token));
      }
      for (Future<Authentication> answer : callers.invokeAll(calls)) {
        assertUnreviewed(answer.get(), "token that could not be reviewed");
      }
    }
    assertThat(asked).hasValue(32);
  }
}
