package dev.heddle.agent.core.call;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the control service was asked about hosts. Calls to hosts that are not managed come here
 * each time, so looking up takes no lock and allocates nothing.
 */
final class Questions {

  /** Hosts asked about at most, so that an app that calls ever new hosts does not fill memory. */
  private static final int MAX_HOSTS = 10_000;

  private final CallPipeline.Follower follower;
  private final long waitNanos;
  private final ConcurrentMap<String, Question[]> byHost = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** waitNanos: how long calls wait for the answer to a first question. */
  Questions(CallPipeline.Follower follower, long waitNanos) {
    this.follower = follower;
    this.waitNanos = waitNanos;
  }

  /** The question about a host, put to the control service if it was not yet; null: too many. */
  @Nullable Question about(String host, int port) {
    Question known = find(byHost.get(host), port);
    if (known != null) {
      return known;
    }
    if (count.get() >= MAX_HOSTS) {
      byHost.keySet().forEach(this::forgetOver); // who calls them again asks again
    }
    if (count.get() >= MAX_HOSTS) {
      return null;
    }
    return find(byHost.compute(host, (name, before) -> with(before, name, port)), port);
  }

  private Question[] with(Question @Nullable [] before, String host, int port) {
    if (before != null && find(before, port) != null) {
      return before;
    }
    count.incrementAndGet();
    Question next = new Question(port, follower.follow(host, port), System.nanoTime() + waitNanos);
    if (before == null) {
      return new Question[] {next};
    }
    Question[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = next;
    return all;
  }

  private void forgetOver(String host) {
    byHost.computeIfPresent(
        host,
        (name, before) -> {
          Question[] open =
              Arrays.stream(before).filter(question -> !question.isOver()).toArray(Question[]::new);
          count.addAndGet(open.length - before.length);
          return open.length == 0 ? null : open;
        });
  }

  private static @Nullable Question find(Question @Nullable [] ports, int port) {
    if (ports != null) {
      for (Question question : ports) {
        if (question.port == port) {
          return question;
        }
      }
    }
    return null;
  }

  /** A question; all calls that come before its answer wait for it. */
  static final class Question {

    private final int port;
    private final CompletableFuture<Void> answer;
    private final long deadlineNanos;

    Question(int port, CompletableFuture<Void> answer, long deadlineNanos) {
      this.port = port;
      this.answer = answer;
      this.deadlineNanos = deadlineNanos;
    }

    CompletableFuture<Void> answer() {
      return answer;
    }

    long nanosLeft() {
      return deadlineNanos - System.nanoTime();
    }

    boolean isOver() {
      return answer.isDone() || nanosLeft() <= 0;
    }
  }
}
