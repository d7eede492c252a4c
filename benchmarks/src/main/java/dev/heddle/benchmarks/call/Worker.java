package dev.heddle.benchmarks.call;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The program that is measured, with and without the agent. It takes orders from stdin: {@code
 * probe URI}, {@code calls URI COUNT} (one thread), {@code loop URI THREADS MILLIS} (as fast as
 * they can), {@code pace URI RATE MILLIS} (so many a second, whether answers come or not), {@code
 * bulk URI} (one long body), {@code hold URI COUNT} (connections of one call each, kept), and
 * answers each with a line that begins with {@code result}.
 */
public final class Worker {

  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final int PACING_THREADS = 16;

  private final Client client;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ExecutorService loops = Executors.newCachedThreadPool();
  private final List<Client> held = new ArrayList<>();

  private Worker(Client client) {
    this.client = client;
  }

  /** Obeys until stdin ends. The argument names the library. */
  public static void main(String[] arguments) throws Exception {
    Worker worker = new Worker(Client.named(arguments[0]));
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println("result " + worker.obey(order.split(" ", -1)));
      }
    }
    System.exit(0);
  }

  private String obey(String[] order) throws Exception {
    URI uri = URI.create(order[1]);
    return switch (order[0]) {
      case "probe" -> "status=" + client.get(uri);
      case "calls" -> calls(uri, Integer.parseInt(order[2]));
      case "loop" -> loop(uri, Integer.parseInt(order[2]), Integer.parseInt(order[3]));
      case "pace" -> pace(uri, Integer.parseInt(order[2]), Integer.parseInt(order[3]));
      case "bulk" -> bulk(uri);
      case "hold" -> hold(uri, Integer.parseInt(order[2]));
      default -> throw new IllegalArgumentException("no order \"" + order[0] + '"');
    };
  }

  private String calls(URI uri, int count) throws IOException, InterruptedException {
    long bytes = threads.getTotalThreadAllocatedBytes();
    long processor = processorNanos();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      check(client.get(uri));
    }
    double nanos = System.nanoTime() - start;
    double worked = processorNanos() - processor;
    double allocated = threads.getTotalThreadAllocatedBytes() - bytes;
    return String.format(
        Locale.ROOT,
        "nanosPerCall=%.0f processorNanosPerCall=%.0f bytesPerCall=%.0f",
        nanos / count,
        worked / count,
        allocated / count);
  }

  /** Of the threads that live, which are the same from call to call; without compiler and GC. */
  private long processorNanos() {
    long sum = 0;
    for (long nanos : threads.getThreadCpuTime(threads.getAllThreadIds())) {
      sum += Math.max(0, nanos);
    }
    return sum;
  }

  private String loop(URI uri, int threadCount, int millis)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000L;
    List<Future<Histogram>> running = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      running.add(loops.submit(() -> loopUntil(end, uri)));
    }
    Histogram all = new Histogram(HIGHEST_NANOS, 3);
    for (Future<Histogram> one : running) {
      all.add(one.get());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(
        Locale.ROOT,
        "callsPerSecond=%.0f p50Nanos=%d p99Nanos=%d",
        all.getTotalCount() / seconds,
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(99));
  }

  private Histogram loopUntil(long end, URI uri) throws IOException, InterruptedException {
    Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
    for (long begin = System.nanoTime(); begin < end; ) {
      check(client.get(uri));
      long now = System.nanoTime();
      histogram.recordValue(now - begin);
      begin = now;
    }
    return histogram;
  }

  /** A latency is counted from when its call was due: who waits in a queue waits, too. */
  private String pace(URI uri, int perSecond, int millis)
      throws InterruptedException, ExecutionException {
    long gap = 1_000_000_000L * PACING_THREADS / perSecond;
    long start = System.nanoTime() + gap;
    long end = start + millis * 1_000_000L;
    List<Future<Histogram>> running = new ArrayList<>();
    for (int i = 0; i < PACING_THREADS; i++) {
      long first = start + gap * i / PACING_THREADS;
      running.add(loops.submit(() -> paced(first, gap, end, uri)));
    }
    Histogram all = new Histogram(HIGHEST_NANOS, 3);
    for (Future<Histogram> one : running) {
      all.add(one.get());
    }
    return String.format(
        Locale.ROOT,
        "calls=%d p50Nanos=%d p99Nanos=%d",
        all.getTotalCount(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(99));
  }

  private Histogram paced(long first, long gap, long end, URI uri)
      throws IOException, InterruptedException {
    Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
    for (long due = first; due < end; due += gap) {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      check(client.get(uri));
      histogram.recordValue(Math.max(0, System.nanoTime() - due));
    }
    return histogram;
  }

  private String bulk(URI uri) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long bytes = client.drain(uri);
    return String.format(
        Locale.ROOT, "bytesPerSecond=%.0f", bytes * 1e9 / (System.nanoTime() - start));
  }

  /** Raw sockets, so that no pool gives them up. */
  private String hold(URI uri, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Client.RawSocket one = new Client.RawSocket();
      check(one.get(uri));
      held.add(one);
    }
    return "held=" + held.size();
  }

  private static void check(int status) {
    if (status != 200) {
      throw new IllegalStateException("status " + status + ", expected 200");
    }
  }
}
