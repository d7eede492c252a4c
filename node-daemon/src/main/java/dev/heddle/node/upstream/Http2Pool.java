package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import dev.heddle.node.protocol.Http2Codecs;
import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Connections of HTTP/2 of one pod on one event loop, each shared by many calls. */
final class Http2Pool {

  /** Between looks for connections that were idle for too long. */
  private static final long SWEEP_SECONDS = 1;

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
    Shared shared = targets.computeIfAbsent(target, t -> new Shared());
    Http2Connection free = shared.free();
    if (free == null) {
      shared.waiting.put(listener, terms);
      connectIfDue(target, terms, shared);
    } else {
      free.begin(listener, clock);
    }
  }

  /** Who waits for a stream does so no longer. */
  void forgo(Target target, UpstreamListener listener) {
    Shared shared = targets.get(target);
    if (shared != null) {
      shared.waiting.remove(listener);
    }
  }

  /** As many as who waits needs, and as may be open. */
  private void connectIfDue(Target target, Terms terms, Shared shared) {
    if (shared.waiting.size() <= shared.opening * Http2Codecs.MAX_STREAMS) {
      return;
    }
    if (terms.limit().tryOpen()) {
      connect(target, terms, shared);
    } else if (shared.open == 0) {
      terms.limit().open();
      connect(target, terms, shared);
    }
  }

  private void connect(Target target, Terms terms, Shared shared) {
    shared.opening++;
    shared.open++;
    Promise<Channel> opening = connector.open(loop, pod, target, terms);
    opening.addListener(
        done -> {
          shared.opening--;
          if (done.isSuccess()) {
            opened(opening.getNow(), target, terms, shared);
          } else {
            closed(terms, shared);
            fail(shared, done.cause());
          }
        });
  }

  private void opened(Channel channel, Target target, Terms terms, Shared shared) {
    channel
        .closeFuture()
        .addListener(
            ended -> {
              closed(terms, shared);
              serve(target, shared);
            });
    Http2Connection connection =
        new Http2Connection(channel, terms, clock.getAsLong(), () -> serve(target, shared));
    shared.connections.add(connection);
    watch();
    if (closed) {
      connection.close();
    }
    if (connection.isOpen()) {
      serve(target, shared);
    } else {
      fail(shared, new ClosedChannelException());
    }
  }

  private static void closed(Terms terms, Shared shared) {
    shared.open--;
    terms.limit().closed();
  }

  /** Those who wait longest go first. */
  private void serve(Target target, Shared shared) {
    Http2Connection free = shared.waiting.isEmpty() ? null : shared.free();
    while (free != null) {
      free.begin(shared.next(), clock);
      free = shared.waiting.isEmpty() ? null : shared.free();
    }
    if (!shared.waiting.isEmpty() && !closed) {
      connectIfDue(target, shared.waiting.values().iterator().next(), shared);
    }
  }

  /** All that wait for as many connections as are not under way any more. */
  private static void fail(Shared shared, Throwable cause) {
    while (shared.waiting.size() > shared.opening * Http2Codecs.MAX_STREAMS) {
      shared.next().failed(Outcome.CONNECT_FAILED, cause);
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
        if (connection.isIdle(now)) {
          connection.close();
        }
      }
      shared.connections.removeIf(connection -> !connection.isOpen());
    }
    targets.values().removeIf(shared -> shared.open == 0 && shared.waiting.isEmpty());
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
    final List<Http2Connection> connections = new ArrayList<>(1);
    final Map<UpstreamListener, Terms> waiting = new LinkedHashMap<>(0);

    /** Connections that are being opened. */
    int opening;

    /** These, and those that are open. */
    int open;

    @Nullable Http2Connection free() {
      for (Http2Connection connection : connections) {
        if (connection.takesMore()) {
          return connection;
        }
      }
      return null;
    }

    UpstreamListener next() {
      Iterator<UpstreamListener> waiters = waiting.keySet().iterator();
      UpstreamListener first = waiters.next();
      waiters.remove();
      return first;
    }
  }
}
