package dev.heddle.e2e.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The ways in which programs let another thread do something. */
final class Handovers {

  /** The servlet's asynchronous mode: {@link TomcatServer} is asked for it. */
  static final String ASYNC_START = "AsyncContext.start";

  /** One way. */
  private interface Handover {
    <T> T run(Callable<T> work) throws Exception;
  }

  private final ExecutorService pool = Executors.newFixedThreadPool(1);
  private final ExecutorService otherPool = Executors.newFixedThreadPool(1);
  private final ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
  private final ForkJoinPool forkJoin = new ForkJoinPool(1);
  private volatile @Nullable ExecutorService poolOfVirtualThreads;
  private final Map<String, Handover> all = new LinkedHashMap<>();

  Handovers() {
    all.put("the same thread", this::callHere);
    all.put("submit", this::submit);
    all.put("execute", this::execute);
    all.put("invokeAll", this::invokeAll);
    all.put("a pool behind a pool", this::poolBehindPool);
    all.put("schedule", this::schedule);
    all.put("scheduled execute", this::scheduledExecute);
    all.put("supplyAsync with a pool", this::supplyAsyncWithPool);
    all.put("supplyAsync", this::supplyAsync);
    all.put("a stage that a foreign thread runs", this::stage);
    all.put("ForkJoinPool.submit", this::forkJoinSubmit);
    all.put("ForkJoinPool.execute", this::forkJoinExecute);
    all.put("ForkJoinPool.invokeAll", this::forkJoinInvokeAll);
    all.put("ForkJoinPool.schedule", this::forkJoinSchedule);
    all.put(ASYNC_START, this::callHere); // the server led here
    all.put("a virtual thread", this::virtualThread);
    all.put("a virtual thread per task", this::virtualThreadPerTask);
    all.put("a pool of virtual threads", this::poolOfVirtualThreads);
    all.put("a task that repeats", this::repeated);
    all.put("a thread of the platform", this::thread);
  }

  <T> T run(String name, Callable<T> work) throws Exception {
    return Objects.requireNonNull(all.get(name), name).run(work);
  }

  private <T> T callHere(Callable<T> work) throws Exception {
    return work.call();
  }

  private <T> T submit(Callable<T> work) throws Exception {
    return pool.submit(work).get();
  }

  private <T> T execute(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    pool.execute(() -> complete(result, work));
    return result.get();
  }

  private <T> T invokeAll(Callable<T> work) throws Exception {
    return pool.invokeAll(List.of(work)).get(0).get();
  }

  private <T> T poolBehindPool(Callable<T> work) throws Exception {
    return pool.submit(() -> otherPool.submit(work).get()).get();
  }

  private <T> T schedule(Callable<T> work) throws Exception {
    return scheduled.schedule(work, 1, TimeUnit.MILLISECONDS).get();
  }

  private <T> T scheduledExecute(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    scheduled.execute(() -> complete(result, work));
    return result.get();
  }

  private <T> T supplyAsyncWithPool(Callable<T> work) throws Exception {
    return CompletableFuture.supplyAsync(() -> unchecked(work), pool).get();
  }

  private <T> T supplyAsync(Callable<T> work) throws Exception {
    return CompletableFuture.supplyAsync(() -> unchecked(work)).get();
  }

  private <T> T stage(Callable<T> work) throws Exception {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<T> result =
        source
            .thenApply(value -> value + "!")
            .thenCombine(CompletableFuture.completedFuture("?"), String::concat)
            .thenApply(value -> unchecked(work));
    new Thread(() -> source.complete("go")).start();
    return result.get();
  }

  private <T> T forkJoinSubmit(Callable<T> work) throws Exception {
    return forkJoin.submit(work).get();
  }

  private <T> T forkJoinExecute(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    forkJoin.execute(() -> complete(result, work));
    return result.get();
  }

  private <T> T forkJoinInvokeAll(Callable<T> work) throws Exception {
    return forkJoin.invokeAll(List.of(work)).get(0).get();
  }

  /** From 25 on. */
  private <T> T forkJoinSchedule(Callable<T> work) throws Exception {
    return ((ScheduledExecutorService) (Object) forkJoin)
        .schedule(work, 1, TimeUnit.MILLISECONDS)
        .get();
  }

  private <T> T virtualThread(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    virtual().newThread(() -> complete(result, work)).start();
    return result.get();
  }

  private <T> T virtualThreadPerTask(Callable<T> work) throws Exception {
    ExecutorService perTask =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      Future<T> result = perTask.submit(work);
      CompletableFuture<T> again = new CompletableFuture<>();
      result.get();
      perTask.execute(() -> complete(again, work));
      return again.get();
    } finally {
      perTask.shutdown();
    }
  }

  private <T> T poolOfVirtualThreads(Callable<T> work) throws Exception {
    ExecutorService virtualPool = poolOfVirtualThreads;
    if (virtualPool == null) {
      virtualPool = Executors.newFixedThreadPool(1, virtual());
      poolOfVirtualThreads = virtualPool;
    }
    return virtualPool.submit(work).get();
  }

  /** Thread.ofVirtual().factory(), by reflection, for this runs on 17 too. */
  private static ThreadFactory virtual() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }

  private <T> T repeated(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    ScheduledFuture<?> task =
        scheduled.scheduleAtFixedRate(() -> complete(result, work), 0, 1, TimeUnit.HOURS);
    try {
      return result.get();
    } finally {
      task.cancel(false);
    }
  }

  private <T> T thread(Callable<T> work) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Thread(() -> complete(result, work)).start();
    return result.get();
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Exception e) { // whoever waits gets it
      result.completeExceptionally(e);
    }
  }

  private static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) { // as supplyAsync wants it
      throw new CompletionException(e);
    }
  }
}
