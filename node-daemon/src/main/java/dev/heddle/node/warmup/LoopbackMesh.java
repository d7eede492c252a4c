package dev.heddle.node.warmup;

import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.Pod;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A caller and two workloads that it calls, with their apps, all on loopback. */
final class LoopbackMesh implements AutoCloseable {

  /** Called in plaintext. */
  static final String PLAIN = "plain.warm-up";

  /** Called by mesh TLS, its requests judged. */
  static final String JUDGED = "judged.warm-up";

  /** Called by mesh TLS. */
  static final String MESH = "mesh.warm-up";

  private static final int HTTP = 80;
  private static final InetSocketAddress SERVICE = service(HTTP);

  private final LoopbackListeners listeners;
  private final LoopbackPod caller;
  private final LoopbackPod judged;
  private final LoopbackPod unjudged;
  private final InetSocketAddress http;
  private final InetSocketAddress http2;
  private final InetSocketAddress bytes;
  private final InetSocketAddress plainInbound;

  LoopbackMesh(EventLoopGroup loops, ConnectionServer outbound, ConnectionServer inbound)
      throws IOException, GeneralSecurityException {
    Authority authority = new Authority(Instant.now());
    LoopbackWorkload callers = new LoopbackWorkload("caller", WorkloadPolicy.DEFAULT, authority);
    caller = new LoopbackPod(callers);
    judged = new LoopbackPod(new LoopbackWorkload("judged", judgingPaths(), authority));
    unjudged = new LoopbackPod(new LoopbackWorkload("mesh", WorkloadPolicy.DEFAULT, authority));
    listeners = new LoopbackListeners(loops);
    try {
      InetSocketAddress app = listeners.app(LoopbackApps::http1);
      InetSocketAddress app2 = listeners.app(LoopbackApps::http2);
      InetSocketAddress echo = listeners.app(LoopbackApps::echo);
      plainInbound = listeners.captured(inbound, judged, app);
      InetSocketAddress meshInbound = listeners.captured(inbound, unjudged, app);
      InetSocketAddress meshInbound2 = listeners.captured(inbound, unjudged, app2);
      http = listeners.captured(outbound, caller, SERVICE);
      http2 = listeners.captured(outbound, caller, service(HTTP + 1));
      bytes = listeners.captured(outbound, caller, echo);
      Mesh mesh =
          Mesh.EMPTY
              .with(routes(PLAIN, HTTP))
              .with(HostEndpoints.of(PLAIN, HTTP, List.of(plain(app))))
              .with(routes(JUDGED, HTTP))
              .with(HostEndpoints.of(JUDGED, HTTP, List.of(mesh(plainInbound, judged))))
              .with(routes(MESH, HTTP))
              .with(HostEndpoints.of(MESH, HTTP, List.of(mesh(meshInbound, unjudged))))
              .with(routes(MESH, HTTP + 1))
              .with(HostEndpoints.of(MESH, HTTP + 1, List.of(mesh(meshInbound2, unjudged))));
      callers.router().update(mesh, System.nanoTime());
    } catch (IOException | RuntimeException e) {
      listeners.close();
      throw e;
    }
  }

  private static InetSocketAddress service(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("240.0.0.1"), port);
  }

  private static WorkloadPolicy judgingPaths() {
    AttributeMatch match = AttributeMatch.of(Attribute.PATH, "", List.of("/*"), List.of());
    AuthorizationRule rule = AuthorizationRule.of(List.of(), List.of(List.of(match)), List.of());
    AuthorizationPolicy policy =
        AuthorizationPolicy.of(
            "warm-up/all", AuthorizationPolicy.Action.ALLOW, false, List.of(rule));
    return WorkloadPolicy.of(MutualTlsMode.PERMISSIVE, Map.of(), List.of(policy), List.of());
  }

  private static HostRoutes routes(String host, int port) {
    Destination destination = Destination.of(host, port, "");
    WeightedDestination all =
        WeightedDestination.of(destination, 100, HeaderChange.NONE, HeaderChange.NONE);
    return HostRoutes.of(
        host,
        port,
        List.of(HttpRoute.builder().destinations(List.of(all)).build()),
        List.of(Cluster.builder().destination(destination).build()));
  }

  private static Endpoint plain(InetSocketAddress address) {
    return endpoint(address).build();
  }

  private static Endpoint mesh(InetSocketAddress address, Pod pod) {
    return endpoint(address)
        .meshTls(true)
        .identities(List.of(pod.workload().identity().uri()))
        .build();
  }

  private static Endpoint.Builder endpoint(InetSocketAddress address) {
    return Endpoint.builder()
        .address(address.getAddress().getHostAddress())
        .port(address.getPort());
  }

  /** Its pods, in which nothing is open once this is closed. */
  List<Pod> pods() {
    return List.of(caller, judged, unjudged);
  }

  /** Where the caller calls over HTTP/1.1. */
  InetSocketAddress http() {
    return http;
  }

  /** Where the caller calls {@link #MESH} over HTTP/2. */
  InetSocketAddress http2() {
    return http2;
  }

  /** Where the caller says what is no HTTP. */
  InetSocketAddress bytes() {
    return bytes;
  }

  /** Where a program without a mesh calls {@link #JUDGED}. */
  InetSocketAddress plainInbound() {
    return plainInbound;
  }

  @Override
  public void close() {
    listeners.close();
  }
}
