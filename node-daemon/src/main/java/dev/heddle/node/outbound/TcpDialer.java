package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.Terms;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.HostRouter;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects bytes that are not looked at to where rules say, else to where the pod sent them. */
final class TcpDialer {

  /** Endpoints that one connection is tried at. */
  private static final int MAX_ENDPOINTS = 3;

  private final OutboundLoop loop;
  private final CapturedConnection connection;
  private final String serverName;

  /**
   * @param serverName that the client's TLS asks for, in lower case; empty: none
   */
  TcpDialer(OutboundLoop loop, CapturedConnection connection, String serverName) {
    this.loop = loop;
    this.connection = connection;
    this.serverName = serverName;
  }

  /** Opens a connection that does not read yet. */
  Promise<Channel> open() {
    Promise<Channel> opened = loop.loop().newPromise();
    String address = connection.destination().getAddress().getHostAddress();
    if (serverName.isEmpty()) {
      find(address, router -> dial(router, opened));
    } else {
      find(
          serverName,
          named -> {
            if (named == null) {
              find(address, router -> dial(router, opened));
            } else {
              dial(named, opened);
            }
          });
    }
    return opened;
  }

  private void find(String host, Consumer<@Nullable HostRouter> then) {
    loop.questions()
        .find(
            connection.pod().workload(),
            host,
            connection.destination().getPort(),
            loop.loop(),
            then);
  }

  private void dial(@Nullable HostRouter router, Promise<Channel> opened) {
    IpAddress to = IpAddress.of(connection.destination().getAddress().getAddress());
    ClusterState cluster = router == null ? null : router.connect(serverName, to, loop.random());
    if (cluster == null) {
      connect(Targets.of(connection.destination(), Target.Protocol.TCP), opened);
    } else if (cluster.limits().tryConnection(cluster.cluster().connectionPool())) {
      dial(cluster, opened);
    } else {
      opened.tryFailure(
          new IOException("too many connections to " + cluster.cluster().destination()));
    }
  }

  private void connect(Target original, Promise<Channel> opened) {
    Promise<Channel> opening = loop.upstreams().connect(connection.pod(), original, Terms.DEFAULT);
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            give(opening.getNow(), opened);
          } else {
            opened.tryFailure(done.cause());
          }
        });
  }

  private static void give(Channel channel, Promise<Channel> opened) {
    if (!opened.trySuccess(channel)) {
      channel.close();
    }
  }

  private void dial(ClusterState state, Promise<Channel> opened) {
    if (passesThrough(state.cluster())) {
      connect(state, null, List.of(), opened);
      return;
    }
    Host host = pick(state, List.of());
    if (host == null) {
      fail(
          state,
          new IOException("no healthy endpoint of " + state.cluster().destination()),
          opened);
    } else {
      connect(state, host, List.of(), opened);
    }
  }

  private @Nullable Host pick(ClusterState state, List<Host> tried) {
    return state.pick(
        Balancer.NO_HASH, Tried.of(tried, true, false), loop.clock().getAsLong(), loop.random());
  }

  private static void fail(ClusterState state, Throwable cause, Promise<Channel> opened) {
    state.limits().connectionClosed();
    opened.tryFailure(cause);
  }

  private void connect(
      ClusterState state, @Nullable Host host, List<Host> tried, Promise<Channel> opened) {
    Cluster cluster = state.cluster();
    if (host != null) {
      host.begin();
    }
    Target target =
        Targets.of(cluster, host == null ? null : host.endpoint(), connection, Target.Protocol.TCP);
    Promise<Channel> opening =
        loop.upstreams().connect(connection.pod(), target, Terms.of(cluster.connectionPool()));
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            connected(opening.getNow(), state, host, opened);
          } else if (host == null) {
            fail(state, done.cause(), opened);
          } else {
            host.end();
            state.failed(host, loop.clock().getAsLong());
            tryAnother(state, host, tried, done.cause(), opened);
          }
        });
  }

  private static void connected(
      Channel channel, ClusterState state, @Nullable Host host, Promise<Channel> opened) {
    channel
        .closeFuture()
        .addListener(
            closed -> {
              if (host != null) {
                host.end();
              }
              state.limits().connectionClosed();
            });
    long idleNanos = state.cluster().connectionPool().idleTimeoutNanos();
    if (idleNanos > 0) {
      channel.pipeline().addLast(new IdleEnd(idleNanos));
    }
    give(channel, opened);
  }

  /** Nothing was sent yet, so that another endpoint does as well. */
  private void tryAnother(
      ClusterState state,
      Host failed,
      List<Host> before,
      Throwable cause,
      Promise<Channel> opened) {
    List<Host> tried = new ArrayList<>(before);
    tried.add(failed);
    Host next = tried.size() < MAX_ENDPOINTS ? pick(state, tried) : null;
    if (next == null || tried.contains(next)) {
      fail(state, cause, opened);
    } else {
      connect(state, next, tried, opened);
    }
  }

  private static boolean passesThrough(Cluster cluster) {
    return cluster.resolution() == Cluster.Resolution.PASSTHROUGH
        || cluster.loadBalancer().kind() == LoadBalancer.Kind.PASSTHROUGH;
  }
}
