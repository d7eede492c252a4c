package dev.heddle.agent.dist;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.v1.DirectResponse;
import dev.heddle.api.v1.Fault;
import dev.heddle.api.v1.HttpRoute;
import dev.heddle.api.v1.Routes;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A control service that says of every host: the mesh itself answers. */
final class ScriptedControl
    extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase
    implements AutoCloseable {

  static final String BODY = "said by the mesh";

  private final Server server;

  ScriptedControl() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        OkHttpServerBuilder.forPort(loopback, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  /** As the agent's setting wants it. */
  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
      StreamObserver<DeltaDiscoveryResponse> responses) {
    return new StreamObserver<DeltaDiscoveryRequest>() {
      @Override
      public void onNext(DeltaDiscoveryRequest request) {
        if (request.getTypeUrl().equals(ResourceType.ROUTES)) {
          request.getResourceNamesSubscribeList().forEach(name -> responses.onNext(routes(name)));
        }
      }

      @Override
      public void onError(Throwable gone) {
        // the app ended
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  private static DeltaDiscoveryResponse routes(String name) {
    int colon = name.lastIndexOf(':');
    Routes routes =
        Routes.newBuilder()
            .setHost(name.substring(0, colon))
            .setPort(Integer.parseInt(name.substring(colon + 1)))
            .addRoutes(
                HttpRoute.newBuilder()
                    .setName("direct")
                    .setFault(Fault.newBuilder().setDelayNanos(1_000).setDelayPercent(50))
                    .setDirectResponse(DirectResponse.newBuilder().setStatus(200).setBody(BODY)))
            .build();
    Resource resource =
        Resource.newBuilder()
            .setName(name)
            .setVersion("1")
            .setResource(
                com.google.protobuf.Any.newBuilder()
                    .setTypeUrl(ResourceType.ROUTES)
                    .setValue(routes.toByteString()))
            .build();
    return DeltaDiscoveryResponse.newBuilder()
        .setTypeUrl(ResourceType.ROUTES)
        .setNonce("1")
        .addResources(resource)
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
