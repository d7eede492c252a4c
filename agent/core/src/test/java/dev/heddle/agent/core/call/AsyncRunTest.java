package dev.heddle.agent.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AsyncRunTest {

  private static final int PATIENCE_SECONDS = 30;
  private static final Fault DELAYED = Fault.of(1, 100, 0, -1, 0);

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final CallMetrics metrics = new CallMetrics();
  private final CompletableFuture<String> answer = new CompletableFuture<>();

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void anEventThatFailsEndsTheCallWithItsFailure() {
    call(DELAYED).begin();
    assertThatThrownBy(() -> answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseMessage("no reply can be made");
    assertThat(metrics.text()).contains("heddle_agent_failures_total 1");
  }

  @Test
  void whatFailsBeforeAnythingWasSentIsTheCallers() {
    assertThatThrownBy(() -> call(null).begin()).hasMessage("no reply can be made");
    assertThat(answer).isNotDone();
  }

  private AsyncCall call(@Nullable Fault fault) {
    CallRequest request = new Get();
    return new AsyncDriver(new Deadlines(timers, System::nanoTime), metrics, new Mirrors(metrics))
        .prepare(
            new Call(host(fault), request, true, bound -> 0),
            new Unanswerable(),
            (value, failure) ->
                answer.completeExceptionally(Objects.requireNonNull(failure, "a failure")));
  }

  private static HostRouter host(@Nullable Fault fault) {
    HttpRoute route =
        HttpRoute.builder().directResponse(DirectResponse.of(200, "here")).fault(fault).build();
    Router router = new Router(Source.of("shop", Collections.emptyMap(), ""), bound -> 0);
    router.update(
        Mesh.EMPTY.with(
            HostRoutes.of(
                "reviews", 9080, Collections.singletonList(route), Collections.emptyList())),
        0);
    return Objects.requireNonNull(router.find("reviews", 9080));
  }

  /** A library in which no response of the mesh can be made. */
  private static final class Unanswerable implements AsyncExchange<String> {

    @Override
    public CompletableFuture<String> reply(LocalReply reply) {
      throw new IllegalStateException("no reply can be made");
    }

    @Override
    public CompletableFuture<String> send(Attempt attempt, AttemptListener listener) {
      throw new IllegalStateException("nothing is sent");
    }

    @Override
    public Outcome outcome(Throwable failure) {
      return Outcome.CONNECT_FAILED;
    }

    @Override
    public boolean isAppTimeout(Throwable failure) {
      return false;
    }

    @Override
    public long responseTimeoutNanos() {
      return 0;
    }

    @Override
    public Throwable responseTimeout() {
      return new IllegalStateException("the app waits for ever");
    }

    @Override
    public CompletableFuture<?> mirror(Attempt attempt, MirrorCopy copy) {
      throw new IllegalStateException("nothing is mirrored");
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }
  }

  private static final class Get implements CallRequest {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String authority() {
      return "reviews:9080";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public int port() {
      return 9080;
    }

    @Override
    public @Nullable String header(String lowerCaseName) {
      return null;
    }
  }
}
