package dev.heddle.agent.core.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CarryingTest {

  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<@Nullable RequestContext> seen = new ArrayList<>();
  private final Look look = new Look();

  private static RequestContext context(String traceparent) {
    RequestContext.Builder builder = new RequestContext.Builder(() -> {});
    builder.add("traceparent", traceparent);
    return builder.build();
  }

  @AfterEach
  void leaveNothingBehind() {
    CurrentContext.replace(null);
  }

  @Test
  void outsideOfRequestsNothingIsWrapped() {
    assertThat(Carrying.task(look)).isNull();
    assertThat(Carrying.threadTask(look)).isNull();
    assertThat(Carrying.stage(look)).isNull();
  }

  @Test
  void aRequestThatHandsNothingOnWrapsNothing() {
    CurrentContext.replace(RequestContext.EMPTY);
    assertThat(Carrying.task(look)).isNull();
  }

  @Test
  void aTaskRunsInTheContextOfItsRequestAndThenThatOfTheThreadIsBack() {
    RequestContext ours = context("ours");
    RequestContext others = context("others");
    CurrentContext.replace(ours);
    Runnable task = (Runnable) Objects.requireNonNull(Carrying.task(look));
    CurrentContext.replace(others);
    task.run();
    assertThat(seen).containsExactly(ours);
    assertThat(CurrentContext.get()).isSameAs(others);
  }

  @Test
  void aTaskThatThrowsLeavesItsContextToo() {
    CurrentContext.replace(context("ours"));
    Callable<?> task =
        (Callable<?>)
            Objects.requireNonNull(
                Carrying.task(
                    (Callable<Object>)
                        () -> {
                          throw new IllegalStateException("thrown");
                        }));
    CurrentContext.replace(null);
    assertThatThrownBy(task::call).isInstanceOf(IllegalStateException.class).hasMessage("thrown");
    assertThat(CurrentContext.get()).isNull();
  }

  @Test
  void tasksThatAreHandedOverTogetherKeepTheirOrder() {
    RequestContext ours = context("ours");
    CurrentContext.replace(ours);
    FutureTask<?> future = new FutureTask<>(look, null);
    List<?> tasks =
        (List<?>) Objects.requireNonNull(Carrying.tasks(Arrays.asList(look, future, null)));
    CurrentContext.replace(null);
    ((Runnable) tasks.get(0)).run();
    assertThat(seen).containsExactly(ours);
    assertThat(tasks.get(1)).isSameAs(future);
    assertThat(tasks.get(2)).isNull();
    assertThat(Carrying.tasks(Collections.singletonList(look))).isNull();
  }

  @Test
  void aPoolSeesTheAppsTaskAndAPlainOneEndsTheContextBefore() {
    RequestContext ours = context("ours");
    CurrentContext.replace(ours);
    Runnable carried = (Runnable) Objects.requireNonNull(Carrying.task(look));
    CurrentContext.replace(null);
    assertThat(CarriedTask.unwrapped(carried)).isSameAs(look);
    assertThat(CurrentContext.get()).isSameAs(ours);
    assertThat(CarriedTask.unwrapped(look)).isSameAs(look);
    assertThat(CurrentContext.get()).isNull();
  }

  @Test
  void futuresAndTheJdksOwnWorkAreLeftAsTheyAre() {
    CurrentContext.replace(context("ours"));
    assertThat(Carrying.task(new FutureTask<>(look, null))).isNull();
    assertThat(Carrying.task(Thread.currentThread())).isNull();
    assertThat(Carrying.stage(Function.identity())).isNull();
  }

  @Test
  void whatCouldBeTwoKindsOfStageIsLeftAsItIs() {
    final class Both implements Runnable, Function<Object, Object> {
      @Override
      public void run() {}

      @Override
      public Object apply(Object value) {
        return value;
      }
    }

    CurrentContext.replace(context("ours"));
    assertThat(Carrying.stage(new Both())).isNull();
  }

  @Test
  @SuppressWarnings("unchecked") // a stage has the type that it was given
  void aStageRunsInTheContextOfWhoeverAddedIt() {
    RequestContext ours = context("ours");
    CurrentContext.replace(ours);
    Function<String, String> work =
        value -> {
          look.run();
          return value + "!";
        };
    Function<String, String> carried =
        (Function<String, String>) Objects.requireNonNull(Carrying.stage(work));
    CurrentContext.replace(null);
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> result = source.thenApply(carried);
    source.complete("a");
    assertThat(result.join()).isEqualTo("a!");
    assertThat(seen).containsExactly(ours);
    assertThat(CurrentContext.get()).isNull();
  }

  @Test
  void aTaskThatRanHoldsItsContextNoMore() {
    CurrentContext.replace(context("ours"));
    WeakReference<@Nullable RequestContext> context = new WeakReference<>(CurrentContext.get());
    Runnable kept = (Runnable) Objects.requireNonNull(Carrying.task((Runnable) () -> {}));
    CurrentContext.replace(null);
    kept.run();
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (context.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(context.get()).isNull();
    assertThat(kept).isNotNull();
  }

  /** An app's task, which is one and the same wherever it is shown. */
  private final class Look implements Runnable {
    @Override
    public void run() {
      seen.add(CurrentContext.get());
    }
  }
}
