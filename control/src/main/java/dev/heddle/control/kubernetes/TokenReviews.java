package dev.heddle.control.kubernetes;

import dev.heddle.control.ca.Authentication;
import dev.heddle.control.ca.Authenticator;
import dev.heddle.control.ca.Credentials;
import dev.heddle.control.ca.Refusal;
import dev.heddle.control.ca.WorkloadTokens;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Believes tokens that the API server vouches for (authentication.k8s.io/v1 TokenReview): those
 * that the kubelet projects into pods. Blocks the caller while it asks, for a bounded time.
 */
public final class TokenReviews implements Authenticator {

  /** Reviews at once: all agents that come back together must not be too much for the server. */
  private static final int MAX_AT_ONCE = 32;

  /** Until a caller hears that its token could not be reviewed: agents give up after 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final UnaryOperator<TokenReview> server;
  private final ReviewedToken judgement;
  private final RecentlyProven proven;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE, true);
  private final Duration patience;

  /** Asks a cluster, whose service accounts are identities of this trust domain. */
  public TokenReviews(Connection connection, String trustDomain, InstantSource clock) {
    this(review -> connection.client().tokenReviews().create(review), trustDomain, clock, PATIENCE);
  }

  TokenReviews(
      UnaryOperator<TokenReview> server,
      String trustDomain,
      InstantSource clock,
      Duration patience) {
    this.server = server;
    this.judgement = new ReviewedToken(trustDomain);
    this.proven = new RecentlyProven(clock);
    this.patience = patience;
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    String token = credentials.token();
    if (token == null) {
      return new Authentication.NotOffered();
    }
    Authentication.Proven before = proven.find(token);
    if (before != null) {
      return before;
    }
    Authentication answer = reviewed(token);
    if (answer instanceof Authentication.Proven now) {
      proven.remember(token, now);
    }
    return answer;
  }

  private Authentication reviewed(String token) {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return unreviewed(MAX_AT_ONCE + " other reviews are under way");
      }
      FutureTask<TokenReview> review = new FutureTask<>(() -> inTurn(token));
      Thread unused = Thread.ofVirtual().name("heddle-token-review").start(review);
      try {
        return judgement.of(review.get(patience.toMillis(), TimeUnit.MILLISECONDS).getStatus());
      } catch (TimeoutException e) {
        return unreviewed("the API server did not answer in " + patience.toMillis() + " ms");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        return unreviewed(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreviewed("this process stops");
    }
  }

  /** A turn lasts until the client is done with it, though nobody may wait any more. */
  private TokenReview inTurn(String token) {
    try {
      return server.apply(
          new TokenReviewBuilder()
              .withNewSpec()
              .withAudiences(WorkloadTokens.AUDIENCE)
              .withToken(token)
              .endSpec()
              .build());
    } finally {
      turns.release();
    }
  }

  private static Authentication unreviewed(String why) {
    return new Authentication.Refused(
        Refusal.TOKEN_UNREVIEWED,
        "token that could not be reviewed: "
            + why
            + " (expected: an API server that answers a TokenReview of control's service account,"
            + " which takes the ClusterRole heddle-token-reviews); come again");
  }
}
