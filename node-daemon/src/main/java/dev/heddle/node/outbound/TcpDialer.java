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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects bytes that are not looked at to where rules say, else to where the pod sent them. */
final class TcpDialer {

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
      Target original = Targets.of(connection.destination(), Target.Protocol.TCP);
      connect(original, Terms.DEFAULT, opened, () -> {}, () -> {});
    } else if (!cluster.limits().tryConnection(cluster.cluster().connectionPool())) {
      opened.tryFailure(
          new IOException("too many connections to " + cluster.cluster().destination()));
    } else {
      dial(cluster, opened);
    }
  }

  private void dial(ClusterState state, Promise<Channel> opened) {
    Cluster cluster = state.cluster();
    long now = loop.clock().getAsLong();
    Host host =
        passesThrough(cluster)
            ? null
            : state.pick(Balancer.NO_HASH, Tried.NONE, now, loop.random());
    if (host == null && !passesThrough(cluster)) {
      state.limits().connectionClosed();
      opened.tryFailure(new IOException("no healthy endpoint of " + cluster.destination()));
      return;
    }
    if (host != null) {
      host.begin();
    }
    Target target =
        Targets.of(
            cluster,
            host == null ? null : host.endpoint(),
            connection.destination(),
            Target.Protocol.TCP);
    long idleNanos = cluster.connectionPool().idleTimeoutNanos();
    if (idleNanos > 0) {
      opened.addListener(
          done -> {
            if (done.isSuccess()) {
              opened.getNow().pipeline().addLast(new IdleEnd(idleNanos));
            }
          });
    }
    connect(
        target,
        Terms.of(cluster.connectionPool()),
        opened,
        () -> {
          if (host != null) {
            state.failed(host, loop.clock().getAsLong());
          }
        },
        () -> {
          if (host != null) {
            host.end();
          }
          state.limits().connectionClosed();
        });
  }

  private static boolean passesThrough(Cluster cluster) {
    return cluster.resolution() == Cluster.Resolution.PASSTHROUGH
        || cluster.loadBalancer().kind() == LoadBalancer.Kind.PASSTHROUGH;
  }

  /**
   * @param ended when the connection is over, or did not come about; once
   */
  private void connect(
      Target target, Terms terms, Promise<Channel> opened, Runnable failed, Runnable ended) {
    Promise<Channel> opening = loop.upstreams().connect(connection.pod(), target, terms);
    opening.addListener(
        done -> {
          if (!done.isSuccess()) {
            failed.run();
            ended.run();
            opened.tryFailure(done.cause());
            return;
          }
          Channel channel = opening.getNow();
          channel.closeFuture().addListener(closed -> ended.run());
          if (!opened.trySuccess(channel)) {
            channel.close();
          }
        });
  }
}
