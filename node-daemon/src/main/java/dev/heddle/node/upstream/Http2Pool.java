package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import dev.heddle.node.protocol.Http2Codecs;
import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections of HTTP/2 of one pod on one event loop, each shared by many calls. */
final class Http2Pool {

  /** Between looks for connections that were idle for too long. */
  private static final long SWEEP_SECONDS = 5;

  private final EventLoop loop;
  private final Pod pod;
  private final Connector connector;
  private final LongSupplier clock;
  private final Map<Target, Shared> targets = new HashMap<>();
  private @Nullable Future<?> sweep;
  private boolean closed;

  Http2Pool(EventLoop loop, Pod pod, Connector connector, LongSupplier clock) {
    this.loop = loop;
    this.pod = pod;
    this.connector = connector;
    this.clock = clock;
  }

  /** Gives a stream of a connection to the listener, of a new one where all are full. */
  void open(Target target, Terms terms, UpstreamListener listener) {
    Shared shared = targets.computeIfAbsent(target, t -> new Shared(terms.idleNanos()));
    for (Http2Connection connection : shared.connections) {
      if (connection.takesMore()) {
        connection.begin(listener, clock);
        return;
      }
    }
    shared.waiting.add(listener);
    if (shared.waiting.size() > shared.opening * Http2Codecs.MAX_STREAMS) {
      connect(target, terms, shared);
    }
  }

  private void connect(Target target, Terms terms, Shared shared) {
    shared.opening++;
    Promise<Channel> opening = connector.open(loop, pod, target, terms);
    opening.addListener(
        done -> {
          shared.opening--;
          if (done.isSuccess()) {
            shared.connections.add(new Http2Connection(opening.getNow(), clock.getAsLong()));
            watch();
            begin(target, terms, shared);
          } else {
            fail(shared, done.cause());
          }
        });
  }

  private void begin(Target target, Terms terms, Shared shared) {
    Http2Connection newest = shared.connections.get(shared.connections.size() - 1);
    if (closed) {
      newest.close();
    }
    while (!shared.waiting.isEmpty() && newest.takesMore()) {
      newest.begin(shared.waiting.remove(), clock);
    }
    if (!newest.isOpen()) {
      fail(shared, new ClosedChannelException());
    } else if (shared.waiting.size() > shared.opening * Http2Codecs.MAX_STREAMS) {
      connect(target, terms, shared);
    }
  }

  /** All that wait for as many connections as are not under way any more. */
  private static void fail(Shared shared, Throwable cause) {
    while (shared.waiting.size() > shared.opening * Http2Codecs.MAX_STREAMS) {
      shared.waiting.remove().failed(Outcome.CONNECT_FAILED, cause);
    }
  }

  private void watch() {
    if (sweep == null) {
      sweep = loop.schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void sweep() {
    sweep = null;
    long now = clock.getAsLong();
    for (Shared shared : targets.values()) {
      for (Http2Connection connection : shared.connections) {
        if (connection.isIdle(now, shared.idleNanos)) {
          connection.close();
        }
      }
      shared.connections.removeIf(connection -> !connection.isOpen());
    }
    targets.values().removeIf(shared -> shared.connections.isEmpty() && shared.waiting.isEmpty());
    if (!targets.isEmpty()) {
      watch();
    }
  }

  /** The pod is gone. */
  void close() {
    closed = true;
    targets.values().forEach(shared -> shared.connections.forEach(Http2Connection::close));
    targets.clear();
    if (sweep != null) {
      sweep.cancel(false);
    }
  }

  /** Connections to one target, and calls that wait for another. */
  private static final class Shared {
    final long idleNanos;
    final List<Http2Connection> connections = new ArrayList<>(1);
    final ArrayDeque<UpstreamListener> waiting = new ArrayDeque<>();
    int opening;

    Shared(long idleNanos) {
      this.idleNanos = idleNanos;
    }
  }
}
