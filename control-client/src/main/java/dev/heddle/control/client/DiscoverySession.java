package dev.heddle.control.client;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Node;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.discovery.Status;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One stream to the control service. All methods run on the client's thread. */
final class DiscoverySession {

  private static final int INVALID_ARGUMENT = 3;

  /** What the client does with the stream's events. */
  interface Owner {

    /** A response was taken in. */
    void answered(DiscoverySession session);

    /** Some of a response was refused. */
    void rejected(String reason);

    /** The stream is over. */
    void ended(DiscoverySession session, String reason);
  }

  private final HeldResources held;
  private final Owner owner;
  private final Node node;
  private final Map<String, Set<String>> subscribed = new HashMap<>();
  private final StreamObserver<DeltaDiscoveryRequest> requests;
  private boolean introduced;

  DiscoverySession(
      Channel channel, Executor thread, HeldResources held, ClientIdentity who, Owner owner) {
    this.held = held;
    this.owner = owner;
    this.node = who.node();
    this.requests =
        AggregatedDiscoveryServiceGrpc.newStub(channel)
            .deltaAggregatedResources(new Responses(thread));
  }

  /** Brings the server's list of names up to what is followed. */
  void synchronize() {
    synchronize(ResourceType.WORKLOAD);
    synchronize(ResourceType.TRUST_BUNDLE); // before pods, whose identities have its domain
    synchronize(ResourceType.NODE_PODS);
    synchronize(ResourceType.NAMES);
    synchronize(ResourceType.ROUTES);
    held.prune();
    synchronize(ResourceType.ENDPOINTS);
  }

  private void synchronize(String type) {
    Set<String> known = subscribed.computeIfAbsent(type, t -> new HashSet<>());
    Set<String> wanted = held.followed(type);
    List<String> added = new ArrayList<>(wanted);
    added.removeAll(known);
    List<String> gone = new ArrayList<>(known);
    gone.removeAll(wanted);
    if (added.isEmpty() && gone.isEmpty()) {
      return;
    }
    known.addAll(added);
    known.removeAll(gone);
    send(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl(type)
            .addAllResourceNamesSubscribe(added)
            .addAllResourceNamesUnsubscribe(gone)
            .putAllInitialResourceVersions(held.versions(type, added)));
  }

  private void send(DeltaDiscoveryRequest.Builder request) {
    if (!introduced) {
      request.setNode(node);
      introduced = true;
    }
    requests.onNext(request.build());
  }

  private void take(DeltaDiscoveryResponse response) {
    String type = response.getTypeUrl();
    DeltaDiscoveryRequest.Builder reply =
        DeltaDiscoveryRequest.newBuilder().setTypeUrl(type).setResponseNonce(response.getNonce());
    List<String> refused = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (Resource resource : response.getResourcesList()) {
      try {
        held.take(type, resource);
        taken.add(resource.getName());
      } catch (IllegalArgumentException e) {
        refused.add(e.getMessage());
      }
    }
    response.getRemovedResourcesList().forEach(name -> held.remove(type, name));
    if (!refused.isEmpty()) {
      String reason = String.join("; ", refused);
      reply.setErrorDetail(Status.newBuilder().setCode(INVALID_ARGUMENT).setMessage(reason));
      reply.putAllInitialResourceVersions(held.versions(type, taken));
      owner.rejected(reason);
    }
    send(reply);
    synchronize();
    owner.answered(this);
  }

  void close() {
    requests.onCompleted();
  }

  private final class Responses implements StreamObserver<DeltaDiscoveryResponse> {
    private final Executor thread;

    Responses(Executor thread) {
      this.thread = thread;
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
      thread.execute(() -> take(response));
    }

    @Override
    public void onError(Throwable error) {
      String reason = reason(io.grpc.Status.fromThrowable(error));
      thread.execute(() -> owner.ended(DiscoverySession.this, reason));
    }

    /** One line; Status.toString writes the cause's whole stack trace. */
    private String reason(io.grpc.Status status) {
      return Stream.of(status.getCode(), status.getDescription(), status.getCause())
          .filter(Objects::nonNull)
          .map(String::valueOf)
          .collect(Collectors.joining(": "));
    }

    @Override
    public void onCompleted() {
      thread.execute(() -> owner.ended(DiscoverySession.this, "the control service ended it"));
    }
  }
}
