package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections of HTTP/1.1 of one pod on one event loop. */
final class Http1Pool {

  /** Connections kept at most: a pod that had more under way at once closes what is over. */
  private static final int MAX_IDLE = 1_024;

  /** Between looks for connections that were idle for too long. */
  private static final long SWEEP_SECONDS = 1;

  private final EventLoop loop;
  private final Pod pod;
  private final Connector connector;
  private final LongSupplier clock;
  private final Map<Target, Http1Line> lines = new HashMap<>();
  private int idle;
  private boolean closed;
  private @Nullable Future<?> sweep;

  Http1Pool(EventLoop loop, Pod pod, Connector connector, LongSupplier clock) {
    this.loop = loop;
    this.pod = pod;
    this.connector = connector;
    this.clock = clock;
  }

  /** Gives a connection to the listener: the one last used, or a new one, if need be later. */
  void open(Target target, Terms terms, UpstreamListener listener) {
    line(target).open(terms, listener);
  }

  /** Gives a new connection, whatever is kept. */
  void openNew(Target target, Terms terms, UpstreamListener listener) {
    line(target).openNew(terms, listener);
  }

  /** Who waits for a connection does so no longer. */
  void forgo(Target target, UpstreamListener listener) {
    Http1Line line = lines.get(target);
    if (line != null) {
      line.forgo(listener);
    }
  }

  private Http1Line line(Target target) {
    Http1Line known = lines.get(target);
    if (known == null) {
      known = new Http1Line(this, target);
      lines.put(target, known);
      watch();
    }
    return known;
  }

  Future<Channel> connect(Target target, Terms terms) {
    return connector.open(loop, pod, target, terms);
  }

  /** Takes a place for a connection that waits for its next request; false where it is to end. */
  boolean tryKeep() {
    if (closed || idle >= MAX_IDLE) {
      return false;
    }
    idle++;
    return true;
  }

  /** One waits no longer. */
  void taken() {
    idle--;
  }

  long now() {
    return clock.getAsLong();
  }

  private void watch() {
    if (sweep == null && !closed) {
      sweep = loop.schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void sweep() {
    sweep = null;
    long now = clock.getAsLong();
    lines.values().forEach(line -> line.sweep(now));
    lines.values().removeIf(Http1Line::isUnused);
    if (!lines.isEmpty()) {
      watch();
    }
  }

  /** Keeps no more connections; those in use end with their exchange. */
  void close() {
    closed = true;
    lines.values().forEach(Http1Line::closeIdle);
    if (sweep != null) {
      sweep.cancel(false);
    }
  }
}
