package dev.heddle.control.serve;

import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ADS endpoint: all streams and the view they are served from, on one thread. */
final class DiscoveryService
    extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryService.class);

  private final ScheduledExecutorService serving;
  private final Set<ClientStream> streams = new LinkedHashSet<>();
  private ResourceView view = ResourceView.EMPTY;
  private boolean pushPlanned;

  DiscoveryService(ScheduledExecutorService serving) {
    this.serving = serving;
  }

  /** Serves from a new view; several within the debounce time become one push. */
  void show(ResourceView next) {
    serving.execute(
        () -> {
          view = next;
          if (!pushPlanned) {
            pushPlanned = true;
            Future<?> unused =
                serving.schedule(this::pushAll, ServeLimits.DEBOUNCE_MILLIS, TimeUnit.MILLISECONDS);
          }
        });
  }

  private void pushAll() {
    pushPlanned = false;
    for (ClientStream stream : Set.copyOf(streams)) {
      serve(stream, () -> stream.push(view));
    }
  }

  /** One client's trouble must not keep the others from being served. */
  private void serve(ClientStream stream, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("a client's stream is ended, it may come back", e);
      streams.remove(stream);
      stream.end(Status.INTERNAL.withDescription(e.toString()));
    }
  }

  /** Who is connected. */
  CompletableFuture<List<ConnectedClient>> clients() {
    return CompletableFuture.supplyAsync(
        () -> streams.stream().map(ClientStream::describe).toList(), serving);
  }

  @Override
  public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
      StreamObserver<DeltaDiscoveryResponse> responses) {
    var out = (ServerCallStreamObserver<DeltaDiscoveryResponse>) responses;
    ClientStream stream =
        new ClientStream(PeerAddress.current(), CallerAuthentication.caller(), out);
    out.setOnReadyHandler(() -> serving.execute(() -> serve(stream, () -> stream.ready(view))));
    out.setOnCancelHandler(() -> serving.execute(() -> streams.remove(stream)));
    serving.execute(() -> admit(stream, out));
    return new StreamObserver<>() {
      @Override
      public void onNext(DeltaDiscoveryRequest request) {
        serving.execute(() -> take(stream, request));
      }

      @Override
      public void onError(Throwable gone) {
        serving.execute(() -> streams.remove(stream));
      }

      @Override
      public void onCompleted() {
        serving.execute(() -> finish(stream, out));
      }
    };
  }

  private void admit(ClientStream stream, ServerCallStreamObserver<DeltaDiscoveryResponse> out) {
    if (streams.size() >= ServeLimits.MAX_STREAMS) {
      out.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription(
                  streams.size() + " streams are open, as many as this control process serves")
              .asRuntimeException());
      return;
    }
    streams.add(stream);
  }

  private void take(ClientStream stream, DeltaDiscoveryRequest request) {
    if (streams.contains(stream)) {
      serve(stream, () -> stream.request(request, view));
    }
  }

  private void finish(ClientStream stream, ServerCallStreamObserver<DeltaDiscoveryResponse> out) {
    if (streams.remove(stream)) {
      out.onCompleted();
    }
  }
}
