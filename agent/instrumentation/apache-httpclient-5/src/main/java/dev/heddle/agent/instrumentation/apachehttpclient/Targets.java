package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.tls.Origination;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.snapshot.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** Where attempts of one call go. */
final class Targets {

  private final CallPipeline pipeline;
  private final HttpHost app;
  private final RequestHead head;
  private final boolean byName;

  private Targets(CallPipeline pipeline, HttpHost app, RequestHead head, boolean byName) {
    this.pipeline = pipeline;
    this.app = app;
    this.head = head;
    this.byName = byName;
  }

  /** app: the host that the app itself calls. */
  Targets(CallPipeline pipeline, HttpHost app, RequestHead head) {
    this(pipeline, app, head, false);
  }

  /** Those of a client that connects to a host's name, whatever address the host has with it. */
  static Targets byName(CallPipeline pipeline, HttpHost app, RequestHead head) {
    return new Targets(pipeline, app, head, true);
  }

  /** The app's route with the endpoint's address. */
  HttpRoute route(HttpRoute appRoute, Attempt attempt, Cluster cluster, @Nullable Endpoint endpoint)
      throws IOException {
    if (endpoint == null
        || byName
        || head.isEncrypted()
        || cluster.resolution() == Cluster.Resolution.DNS
        || pipeline.tls().of(cluster) != null) {
      return withTarget(appRoute, host(attempt, cluster, endpoint));
    }
    Routes routes = pipeline.kept(Routes.class, Routes::new);
    HttpRoute known = routes.find(endpoint, app.getHostName(), appRoute.getLocalAddress());
    return known == null
        ? routes.keep(endpoint, withTarget(appRoute, host(attempt, cluster, endpoint)))
        : known;
  }

  private static HttpRoute withTarget(HttpRoute appRoute, @Nullable HttpHost target) {
    return target == null
        ? appRoute
        : new HttpRoute(target, appRoute.getLocalAddress(), target.getSchemeName().equals("https"));
  }

  /**
   * The endpoint, null: the app's own host. An endpoint that is a name is looked up by the client
   * itself.
   */
  @Nullable HttpHost host(Attempt attempt, Cluster cluster, @Nullable Endpoint endpoint)
      throws IOException {
    if (head.isEncrypted()) {
      return endpoint == null
          ? null
          : new HttpHost(
              "https",
              InetAddress.getByName(endpoint.address()),
              app.getHostName(),
              endpoint.port());
    }
    Origination tls = pipeline.tls().of(cluster);
    if (tls != null) {
      return overTls(tls, attempt, endpoint);
    }
    if (endpoint == null) {
      return null;
    }
    return byName || cluster.resolution() == Cluster.Resolution.DNS
        ? new HttpHost("http", endpoint.address(), endpoint.port())
        : new HttpHost(
            "http", InetAddress.getByName(endpoint.address()), app.getHostName(), endpoint.port());
  }

  private HttpHost overTls(Origination tls, Attempt attempt, @Nullable Endpoint endpoint)
      throws IOException {
    String authority = attempt.authority() == null ? head.authority() : attempt.authority();
    String address = endpoint == null ? app.getHostName() : endpoint.address();
    return TlsEndpoint.host(
        tls,
        tls.serverName(URI.create("https://" + authority).getHost()),
        InetAddress.getByName(address),
        endpoint == null ? head.port() : endpoint.port());
  }
}
