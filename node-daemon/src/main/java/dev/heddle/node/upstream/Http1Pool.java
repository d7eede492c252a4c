package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections of one pod on one event loop that wait for their next request. */
final class Http1Pool {

  /** Connections kept at most: a pod that had more under way at once closes what is over. */
  private static final int MAX_IDLE = 1_024;

  /** Between looks for connections that were idle for too long. */
  private static final long SWEEP_SECONDS = 5;

  private final EventLoop loop;
  private final Pod pod;
  private final Connector connector;
  private final LongSupplier clock;
  private final Map<Target, ArrayDeque<Http1Connection>> idle = new HashMap<>();
  private int idleCount;
  private boolean closed;
  private @Nullable Future<?> sweep;

  Http1Pool(EventLoop loop, Pod pod, Connector connector, LongSupplier clock) {
    this.loop = loop;
    this.pod = pod;
    this.connector = connector;
    this.clock = clock;
  }

  /** Gives a connection to the listener: the one last used, or a new one. */
  void open(Target target, Terms terms, UpstreamListener listener) {
    Http1Connection kept = take(target);
    if (kept != null) {
      kept.begin(listener);
    } else {
      openNew(target, terms, listener);
    }
  }

  /** Gives a new connection, whatever is kept. */
  void openNew(Target target, Terms terms, UpstreamListener listener) {
    Promise<Channel> opening = connector.open(loop, pod, target, terms);
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            new Http1Connection(opening.getNow(), target, terms, this).begin(listener);
          } else {
            listener.failed(Outcome.CONNECT_FAILED, done.cause());
          }
        });
  }

  private @Nullable Http1Connection take(Target target) {
    ArrayDeque<Http1Connection> kept = idle.get(target);
    if (kept == null) {
      return null;
    }
    Http1Connection last = kept.pollLast();
    while (last != null && !last.isOpen()) {
      idleCount--;
      last = kept.pollLast();
    }
    if (last != null) {
      idleCount--;
    }
    return last;
  }

  void keep(Http1Connection connection) {
    if (closed || idleCount >= MAX_IDLE) {
      connection.close();
      return;
    }
    connection.idleSince(clock.getAsLong());
    idle.computeIfAbsent(connection.target(), target -> new ArrayDeque<>(4)).addLast(connection);
    idleCount++;
    if (sweep == null) {
      sweep = loop.schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A connection ended by itself. */
  void gone(Http1Connection connection) {
    ArrayDeque<Http1Connection> kept = idle.get(connection.target());
    if (kept != null && kept.remove(connection)) {
      idleCount--;
    }
  }

  private void sweep() {
    sweep = null;
    long now = clock.getAsLong();
    Iterator<ArrayDeque<Http1Connection>> targets = idle.values().iterator();
    while (targets.hasNext()) {
      ArrayDeque<Http1Connection> kept = targets.next();
      while (!kept.isEmpty() && kept.getFirst().isIdleTooLong(now)) { // the oldest stand in front
        idleCount--;
        kept.removeFirst().close();
      }
      if (kept.isEmpty()) {
        targets.remove();
      }
    }
    if (idleCount > 0) {
      sweep = loop.schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Keeps no more connections; those in use end with their exchange. */
  void close() {
    closed = true;
    idle.values().forEach(kept -> kept.forEach(Http1Connection::close));
    idle.clear();
    idleCount = 0;
  }
}
