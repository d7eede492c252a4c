package dev.heddle.agent.instrumentation.executors;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.heddle.agent.core.install.HookedType;
import dev.heddle.agent.core.install.NeverRefuses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks of java.util.concurrent on 8 to 25, and of virtual threads where there are any. */
public final class ExecutorsModule extends InstrumentationModule implements NeverRefuses {

  private static final String PACKAGE = "dev.heddle.agent.instrumentation.executors.";
  private static final String CONCURRENT = "java.util.concurrent.";

  /** Found by ServiceLoader. */
  public ExecutorsModule() {
    super("heddle-executors");
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return Arrays.asList(
        new PoolType(),
        new WorkerType(),
        new ScheduledPoolType(),
        new FutureType(),
        new StagesType(),
        new ForkJoinType(),
        new VirtualThreadType());
  }

  private static final class PoolType extends HookedType {
    PoolType() {
      super(CONCURRENT + "ThreadPoolExecutor");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("execute").and(takesArguments(Runnable.class)), PACKAGE + "PoolExecuteAdvice");
      transformer.applyAdviceToMethod(
          named("getTask").and(takesArguments(0)), PACKAGE + "PoolTaskAdvice");
      transformer.applyAdviceToMethod(
          named("reject").and(takesArguments(Runnable.class)), PACKAGE + "PoolRejectAdvice");
      transformer.applyAdviceToMethod(
          named("remove").and(takesArguments(Runnable.class)), PACKAGE + "PoolRemoveAdvice");
      transformer.applyAdviceToMethod(
          named("drainQueue").and(takesArguments(0)), PACKAGE + "PoolDrainAdvice");
    }
  }

  private static final class WorkerType extends HookedType {
    WorkerType() {
      super(CONCURRENT + "ThreadPoolExecutor$Worker");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("run").and(takesArguments(0)), PACKAGE + "WorkerAdvice");
    }
  }

  private static final class ScheduledPoolType extends HookedType {
    ScheduledPoolType() {
      super(CONCURRENT + "ScheduledThreadPoolExecutor");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("scheduleAtFixedRate").or(named("scheduleWithFixedDelay")),
          PACKAGE + "PeriodicAdvice");
    }
  }

  /** Futures carry what they run, whoever runs them. */
  private static final class FutureType extends HookedType {
    FutureType() {
      super(CONCURRENT + "FutureTask");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          isConstructor()
              .and(takesArgument(0, Callable.class).or(takesArgument(0, Runnable.class))),
          PACKAGE + "TaskAdvice");
    }
  }

  /** Stages too: the public methods alone, for they are the same on every Java. */
  private static final class StagesType extends HookedType {
    StagesType() {
      super(CONCURRENT + "CompletableFuture");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          isPublic().and(takesArgument(0, work())), PACKAGE + "FirstStageAdvice");
      transformer.applyAdviceToMethod(
          isPublic().and(takesArgument(1, work())), PACKAGE + "SecondStageAdvice");
    }

    private static ElementMatcher<TypeDescription> work() {
      return type ->
          type.represents(Runnable.class)
              || type.represents(Supplier.class)
              || type.represents(Function.class)
              || type.represents(BiFunction.class)
              || type.represents(Consumer.class)
              || type.represents(BiConsumer.class);
    }
  }

  private static final class ForkJoinType extends HookedType {
    ForkJoinType() {
      super(CONCURRENT + "ForkJoinPool");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("invokeAll").or(named("invokeAny")).and(takesArgument(0, Collection.class)),
          PACKAGE + "TasksAdvice");
      transformer.applyAdviceToMethod(
          named("execute")
              .or(named("submit"))
              .or(named("schedule")) // from 25 on
              .and(takesArgument(0, Runnable.class).or(takesArgument(0, Callable.class))),
          PACKAGE + "TaskAdvice");
    }
  }

  /** All ways to a virtual thread lead through here, on 21 to 25. */
  private static final class VirtualThreadType extends HookedType {
    VirtualThreadType() {
      super("java.lang.ThreadBuilders");
    }

    @Override
    public void transform(TypeTransformer transformer) {
      transformer.applyAdviceToMethod(
          named("newVirtualThread").and(takesArgument(3, Runnable.class)),
          PACKAGE + "VirtualThreadAdvice");
    }
  }
}
