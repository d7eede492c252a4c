package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** All connections to endpoints of one event loop, by the pod that calls. */
public final class Upstreams {

  private final EventLoop loop;
  private final Connector connector;
  private final LongSupplier clock;
  private final Map<Pod, Pools> pods = new HashMap<>();

  /**
   * None yet.
   *
   * @param clock nanoseconds, as System.nanoTime
   */
  public Upstreams(EventLoop loop, Connector connector, LongSupplier clock) {
    this.loop = loop;
    this.connector = connector;
    this.clock = clock;
  }

  /** A place for one exchange: of a connection that is kept, else of a new one. */
  public void open(Pod pod, Target target, Terms terms, UpstreamListener listener) {
    if (target.protocol() == Target.Protocol.HTTP_2) {
      pools(pod).http2.open(target, terms, listener);
    } else {
      pools(pod).http1.open(target, terms, listener);
    }
  }

  /** A place where one on a kept connection turned out to be dead. */
  public void openNew(Pod pod, Target target, Terms terms, UpstreamListener listener) {
    if (target.protocol() == Target.Protocol.HTTP_2) {
      pools(pod).http2.open(target, terms, listener);
    } else {
      pools(pod).http1.openNew(target, terms, listener);
    }
  }

  /** Who waits for a place does so no longer. */
  public void forgo(Pod pod, Target target, UpstreamListener listener) {
    if (target.protocol() == Target.Protocol.HTTP_2) {
      pools(pod).http2.forgo(target, listener);
    } else {
      pools(pod).http1.forgo(target, listener);
    }
  }

  /** A connection of its own, for bytes that are not looked at; it does not read yet. */
  public Promise<Channel> connect(Pod pod, Target target, Terms terms) {
    return connector.open(loop, pod, target, terms);
  }

  private Pools pools(Pod pod) {
    Pools known = pods.get(pod);
    if (known == null) {
      known =
          new Pools(
              new Http1Pool(loop, pod, connector, clock),
              new Http2Pool(loop, pod, connector, clock));
      pods.put(pod, known);
    }
    return known;
  }

  /** A pod left. */
  public void forget(Pod pod) {
    Pools gone = pods.remove(pod);
    if (gone != null) {
      gone.http1.close();
      gone.http2.close();
    }
  }

  private record Pools(Http1Pool http1, Http2Pool http2) {}
}
