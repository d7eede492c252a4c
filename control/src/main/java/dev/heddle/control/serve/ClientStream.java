package dev.heddle.control.serve;

import com.google.protobuf.Any;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Node;
import dev.heddle.api.discovery.Resource;
import dev.heddle.control.ca.Caller;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: what it follows and what it still has to be told. On the serving thread
 * only.
 */
final class ClientStream {

  private static final String WILDCARD = "*";
  private static final List<String> SERVED =
      List.of(
          ResourceType.ROUTES,
          ResourceType.ENDPOINTS,
          ResourceType.WORKLOAD,
          ResourceType.TRUST_BUNDLE,
          ResourceType.NODE_PODS,
          ResourceType.NAMES);

  private final String peer;
  private final @Nullable Caller caller;
  private final ServerCallStreamObserver<DeltaDiscoveryResponse> out;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private String id = "";
  private ClientScope scope;
  private long nonce;
  private boolean dirty;
  private boolean ended;

  /** caller is who it has proven to be, or null where nobody is asked. */
  ClientStream(
      String peer, @Nullable Caller caller, ServerCallStreamObserver<DeltaDiscoveryResponse> out) {
    this.peer = peer;
    this.caller = caller;
    this.out = out;
    this.scope = believed(ClientScope.UNKNOWN);
  }

  void request(DeltaDiscoveryRequest request, ResourceView view) {
    if (ended) {
      return;
    }
    if (request.hasNode()) {
      introduce(request.getNode());
    }
    String type = request.getTypeUrl();
    if (!SERVED.contains(type)) {
      end(
          Status.INVALID_ARGUMENT.withDescription(
              "type " + type + " (expected: one of " + SERVED + ")"));
      return;
    }
    Subscription subscription = subscriptions.computeIfAbsent(type, t -> new Subscription());
    if (request.hasErrorDetail()) {
      subscription.nacked(
          request.getResponseNonce(),
          request.getErrorDetail().getMessage(),
          request.getInitialResourceVersionsMap());
    } else if (!request.getResponseNonce().isEmpty()) {
      subscription.acked(request.getResponseNonce());
    }
    subscription.unsubscribe(request.getResourceNamesUnsubscribeList());
    List<String> names =
        request.getResourceNamesSubscribeList().stream()
            .filter(name -> !name.equals(WILDCARD)) // everything at once is not on offer
            .toList();
    if (subscription.names().size() + names.size() > ServeLimits.MAX_SUBSCRIPTIONS_PER_TYPE) {
      refuse(type, subscription.names().size() + names.size());
      return;
    }
    if (names.stream().anyMatch(name -> name.length() > ServeLimits.MAX_NAME_CHARS)) {
      end(
          Status.INVALID_ARGUMENT.withDescription(
              "a name is longer than " + ServeLimits.MAX_NAME_CHARS + " characters"));
      return;
    }
    if (type.equals(ResourceType.NODE_PODS) && !names.stream().allMatch(scope::isNode)) {
      forbid(names);
      return;
    }
    subscription.subscribe(names, request.getInitialResourceVersionsMap());
    if (!names.isEmpty()) {
      push(view);
    }
  }

  private void refuse(String type, int wanted) {
    end(
        Status.RESOURCE_EXHAUSTED.withDescription(
            wanted
                + " names of "
                + type
                + " (expected: at most "
                + ServeLimits.MAX_SUBSCRIPTIONS_PER_TYPE
                + " per client)"));
  }

  /** Where which pod runs is a node's own business. */
  private void forbid(List<String> nodes) {
    end(
        Status.PERMISSION_DENIED.withDescription(
            "pods of node "
                + String.join(", ", nodes)
                + " asked for by "
                + (caller == null ? "a client in plaintext" : caller)
                + " (expected: that node's daemon, by a token of heddle-control token --node"
                + " NAME, or of its pod on that node)"));
  }

  /** The client hears why and may come back. */
  void end(Status status) {
    if (!ended && !out.isCancelled()) {
      out.onError(status.asRuntimeException());
    }
    ended = true;
  }

  private void introduce(Node node) {
    id = node.getId();
    scope = believed(ClientScope.of(node));
  }

  private ClientScope believed(ClientScope said) {
    return caller == null ? said : said.of(caller);
  }

  /** Tells the client what differs from what it was told; waits where it reads slowly. */
  void push(ResourceView view) {
    dirty = false;
    if (ended) {
      return;
    }
    for (Map.Entry<String, Subscription> entry : subscriptions.entrySet()) {
      pushType(entry.getKey(), entry.getValue(), view);
    }
  }

  /** The client reads again. */
  void ready(ResourceView view) {
    if (dirty) {
      push(view);
    }
  }

  private void pushType(String type, Subscription subscription, ResourceView view) {
    DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder();
    long bytes = 0;
    for (String name : Set.copyOf(subscription.names())) {
      if (!out.isReady()) {
        dirty = true;
        break;
      }
      VersionedResource found = view.find(scope, type, name);
      String version = found == null ? Subscription.TOLD_ABSENT : found.version();
      if (subscription.has(name, version)) {
        continue;
      }
      subscription.sent(name, version);
      if (found == null) {
        response.addRemovedResources(name);
        continue;
      }
      response.addResources(resource(type, name, found));
      bytes += found.bytes().size();
      if (bytes > ServeLimits.MAX_RESPONSE_BYTES) {
        send(type, subscription, response);
        response = DeltaDiscoveryResponse.newBuilder();
        bytes = 0;
      }
    }
    send(type, subscription, response);
  }

  private static Resource resource(String type, String name, VersionedResource found) {
    return Resource.newBuilder()
        .setName(name)
        .setVersion(found.version())
        .setResource(Any.newBuilder().setTypeUrl(type).setValue(found.bytes()))
        .build();
  }

  private void send(
      String type, Subscription subscription, DeltaDiscoveryResponse.Builder response) {
    if (response.getResourcesCount() + response.getRemovedResourcesCount() == 0) {
      return;
    }
    String answerTo = Long.toString(++nonce);
    Map<String, String> versions = new LinkedHashMap<>();
    response.getResourcesList().forEach(r -> versions.put(r.getName(), r.getVersion()));
    subscription.awaitAnswer(answerTo, versions);
    out.onNext(response.setTypeUrl(type).setNonce(answerTo).build());
  }

  ConnectedClient describe() {
    Map<String, ConnectedClient.Held> held = new LinkedHashMap<>();
    subscriptions.forEach(
        (type, s) -> {
          Map<String, String> versions = new LinkedHashMap<>();
          s.names().forEach(name -> versions.put(name, s.sentVersion(name)));
          held.put(type, new ConnectedClient.Held(versions, s.ackedNonce(), s.lastNack()));
        });
    return new ConnectedClient(
        id, scope.namespace(), caller == null ? "" : caller.toString(), scope.pod(), peer, held);
  }
}
