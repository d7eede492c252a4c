package dev.heddle.benchmarks.fanout;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Node;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.v1.Endpoints;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What an agent is to control: one connection, one stream, routes asked for first, their endpoints
 * when they are there, an answer to every response. All after {@link #start} is on gRPC's threads.
 */
final class SimulatedClient implements StreamObserver<DeltaDiscoveryResponse>, AutoCloseable {

  /** Clients are spread over so many namespaces: control encodes what each of them may see. */
  private static final int NAMESPACES = 10;

  private final int number;
  private final List<String> names;
  private final Supplier<Arrivals> expected;
  private final AtomicLong bytes;
  private final ManagedChannel channel;
  private final StreamObserver<DeltaDiscoveryRequest> requests;
  private boolean hasRoutes;

  /**
   * Connects.
   *
   * @param expected whom to tell of the address that is waited for
   * @param bytes where to add the size of each message, of both directions
   */
  SimulatedClient(
      int number,
      String control,
      List<String> names,
      Supplier<Arrivals> expected,
      AtomicLong bytes) {
    this.number = number;
    this.names = names;
    this.expected = expected;
    this.bytes = bytes;
    this.channel =
        Grpc.newChannelBuilder(control, InsecureChannelCredentials.create())
            .directExecutor()
            .build();
    this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
  }

  /** Introduces itself. */
  void start() {
    Value namespace = Value.newBuilder().setStringValue("team-" + number % NAMESPACES).build();
    send(
        subscription(ResourceType.ROUTES)
            .setNode(
                Node.newBuilder()
                    .setId("client-" + number)
                    .setMetadata(Struct.newBuilder().putFields("NAMESPACE", namespace))));
  }

  private DeltaDiscoveryRequest.Builder subscription(String type) {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type).addAllResourceNamesSubscribe(names);
  }

  private void send(DeltaDiscoveryRequest.Builder builder) {
    DeltaDiscoveryRequest request = builder.build();
    bytes.addAndGet(request.getSerializedSize());
    requests.onNext(request);
  }

  @Override
  public void onNext(DeltaDiscoveryResponse response) {
    bytes.addAndGet(response.getSerializedSize());
    send(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(response.getTypeUrl())
            .setResponseNonce(response.getNonce()));
    if (response.getTypeUrl().equals(ResourceType.ROUTES) && !hasRoutes) {
      hasRoutes = true;
      send(subscription(ResourceType.ENDPOINTS));
    }
    if (response.getTypeUrl().equals(ResourceType.ENDPOINTS)) {
      response.getResourcesList().forEach(this::look);
    }
  }

  private void look(Resource resource) {
    if (!resource.getName().equals(FanOutMesh.changing())) {
      return;
    }
    Arrivals arrivals = expected.get();
    try {
      Endpoints endpoints = Endpoints.parseFrom(resource.getResource().getValue());
      if (endpoints.getEndpointsList().stream()
          .anyMatch(endpoint -> endpoint.getAddress().equals(arrivals.address()))) {
        arrivals.heard(number);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("control sent no Endpoints", e);
    }
  }

  @Override
  public void onError(Throwable gone) {
    // Whoever waits for this client's arrival is told that it did not come.
  }

  @Override
  public void onCompleted() {}

  @Override
  public void close() {
    ManagedChannel unused = channel.shutdownNow();
  }
}
