package dev.heddle.node.upstream;

import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections of a pool to one target, and who waits for one where no more may be open. */
final class Http1Line {

  private final Http1Pool pool;
  private final Target target;
  private final ArrayDeque<Http1Connection> idle = new ArrayDeque<>(4);
  private final Map<UpstreamListener, Terms> waiting = new LinkedHashMap<>(0);
  private int open;

  Http1Line(Http1Pool pool, Target target) {
    this.pool = pool;
    this.target = target;
  }

  void open(Terms terms, UpstreamListener listener) {
    Http1Connection kept = take();
    if (kept != null) {
      kept.begin(listener);
    } else {
      openNew(terms, listener);
    }
  }

  void openNew(Terms terms, UpstreamListener listener) {
    if (terms.limit().tryOpen() || (endIdle() && terms.limit().tryOpen())) {
      connect(terms, listener);
    } else if (open == 0) {
      terms.limit().open();
      connect(terms, listener);
    } else {
      waiting.put(listener, terms);
    }
  }

  /** One that is kept for another call makes room for one that is wanted now. */
  private boolean endIdle() {
    Http1Connection oldest = idle.pollFirst();
    if (oldest == null) {
      return false;
    }
    pool.taken();
    oldest.close();
    return true;
  }

  void forgo(UpstreamListener listener) {
    waiting.remove(listener);
  }

  private void connect(Terms terms, UpstreamListener listener) {
    open++;
    Future<Channel> opening = pool.connect(target, terms);
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            Channel channel = opening.getNow();
            channel.closeFuture().addListener(closed -> closed(terms));
            new Http1Connection(channel, terms, this).begin(listener);
          } else {
            closed(terms);
            listener.failed(Outcome.CONNECT_FAILED, done.cause());
          }
        });
  }

  private void closed(Terms terms) {
    open--;
    terms.limit().closed();
    Iterator<Map.Entry<UpstreamListener, Terms>> waiters = waiting.entrySet().iterator();
    if (waiters.hasNext()) {
      Map.Entry<UpstreamListener, Terms> next = waiters.next();
      waiters.remove();
      open(next.getValue(), next.getKey());
    }
  }

  private @Nullable Http1Connection take() {
    Http1Connection last = idle.pollLast();
    while (last != null) {
      pool.taken();
      if (last.isOpen() && !last.isIdleTooLong(pool.now())) {
        return last;
      }
      last.close();
      last = idle.pollLast();
    }
    return null;
  }

  /** Its exchange is over: another one begins on it, or it waits for one. */
  void keep(Http1Connection connection) {
    Iterator<UpstreamListener> waiters = waiting.keySet().iterator();
    if (waiters.hasNext()) {
      UpstreamListener next = waiters.next();
      waiters.remove();
      connection.begin(next);
    } else if (pool.tryKeep()) {
      connection.idleSince(pool.now());
      idle.addLast(connection);
    } else {
      connection.close();
    }
  }

  /** A connection ended by itself. */
  void gone(Http1Connection connection) {
    if (idle.remove(connection)) {
      pool.taken();
    }
  }

  /** Closes those that were idle for too long; the oldest stand in front. */
  void sweep(long nowNanos) {
    while (!idle.isEmpty() && idle.getFirst().isIdleTooLong(nowNanos)) {
      pool.taken();
      idle.removeFirst().close();
    }
  }

  void closeIdle() {
    while (endIdle()) {
      // until there is none
    }
  }

  boolean isUnused() {
    return open == 0 && waiting.isEmpty();
  }
}
