package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.AggregatedDiscoveryServiceGrpc;
import dev.heddle.api.discovery.DeltaDiscoveryRequest;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.discovery.Status;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.watch.YamlState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryServerTest {

  private static final long DEADLINE_SECONDS = 10;
  private static final String REVIEWS = "reviews:9080";

  private final BlockingQueue<DeltaDiscoveryResponse> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private DiscoveryServer server;
  private ManagedChannel channel;
  private StreamObserver<DeltaDiscoveryRequest> stream;

  @BeforeEach
  void start() throws IOException {
    server = new DiscoveryServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    show("1s");
    server.listen();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    stream = open();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  private static String service(String name) {
    return "{apiVersion: v1, kind: Service, metadata: {name: %s}, spec: {ports: [{port: 9080}]}}"
        .formatted(name);
  }

  private void show(String timeout) {
    showObjects(
        service("reviews"),
        service("ratings"),
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: r}
        spec: {hosts: [reviews], http: [{timeout: %s, headers: {request: {set: {a: x, b: y, c: z}}}, route: [{destination: {host: reviews}}]}]}"""
            .formatted(timeout));
  }

  private void showObjects(String... objects) {
    server.show(new IndexView(new MeshIndex(YamlState.of(objects))));
  }

  private StreamObserver<DeltaDiscoveryRequest> open() {
    return AggregatedDiscoveryServiceGrpc.newStub(channel)
        .deltaAggregatedResources(
            new StreamObserver<>() {
              @Override
              public void onNext(DeltaDiscoveryResponse response) {
                answers.add(response);
              }

              @Override
              public void onError(Throwable gone) {
                failures.add(gone);
              }

              @Override
              public void onCompleted() {}
            });
  }

  private static DeltaDiscoveryRequest.Builder request() {
    return DeltaDiscoveryRequest.newBuilder().setTypeUrl(ResourceType.ROUTES);
  }

  private void subscribe(String... names) {
    stream.onNext(request().addAllResourceNamesSubscribe(List.of(names)).build());
  }

  private DeltaDiscoveryResponse answer() throws InterruptedException {
    return Objects.requireNonNull(
        answers.poll(DEADLINE_SECONDS, TimeUnit.SECONDS), "no answer in time");
  }

  private static List<String> names(DeltaDiscoveryResponse response) {
    return response.getResourcesList().stream().map(Resource::getName).toList();
  }

  @Test
  void aSubscribedNameIsAnsweredAndAnsweredAgainWhenItChanges() throws Exception {
    subscribe(REVIEWS);
    DeltaDiscoveryResponse first = answer();
    show("2s");
    DeltaDiscoveryResponse second = answer();

    assertThat(names(first)).containsExactly(REVIEWS);
    assertThat(names(second)).containsExactly(REVIEWS);
    assertThat(second.getResources(0).getVersion())
        .isNotEqualTo(first.getResources(0).getVersion());
  }

  @Test
  void whatDoesNotChangeIsNotSentAgain() throws Exception {
    subscribe(REVIEWS, "ratings:9080");
    answer();
    show("2s");

    assertThat(names(answer())).containsExactly(REVIEWS);
  }

  @Test
  void aMissingNameIsToldAndSentWhenItComes() throws Exception {
    subscribe("late:9080");
    assertThat(answer().getRemovedResourcesList()).containsExactly("late:9080");

    showObjects(service("late"));
    assertThat(names(answer())).containsExactly("late:9080");

    show("1s");
    assertThat(answer().getRemovedResourcesList()).containsExactly("late:9080");
  }

  @Test
  void aRejectedVersionIsNeverSentAgainNotEvenWhenItComesBack() throws Exception {
    subscribe(REVIEWS);
    DeltaDiscoveryResponse rejected = answer();
    stream.onNext(
        request()
            .setResponseNonce(rejected.getNonce())
            .setErrorDetail(Status.newBuilder().setMessage("cannot be used"))
            .build());
    show("2s");
    answer();
    show("1s");
    show("3s");
    DeltaDiscoveryResponse next = answer();
    show("1s");
    subscribe("ratings:9080");

    assertThat(next.getResources(0).getVersion())
        .isNotEqualTo(rejected.getResources(0).getVersion());
    assertThat(names(answer())).containsExactly("ratings:9080");
    assertThat(server.clients().get(DEADLINE_SECONDS, TimeUnit.SECONDS).get(0).held())
        .hasEntrySatisfying(
            ResourceType.ROUTES, held -> assertThat(held.lastNack()).isEqualTo("cannot be used"));
  }

  @Test
  void aClientThatComesBackIsSentNothingItHolds() throws Exception {
    subscribe(REVIEWS);
    String version = answer().getResources(0).getVersion();
    stream.onCompleted();
    stream = open();
    stream.onNext(
        request()
            .addResourceNamesSubscribe(REVIEWS)
            .putInitialResourceVersions(REVIEWS, version)
            .build());
    subscribe("ratings:9080");

    assertThat(names(answer())).containsExactly("ratings:9080");
  }

  @Test
  void anUnsubscribedNameIsSentNoMore() throws Exception {
    subscribe(REVIEWS, "ratings:9080");
    answer();
    stream.onNext(request().addResourceNamesUnsubscribe(REVIEWS).build());
    subscribe("late:9080");
    assertThat(answer().getRemovedResourcesList()).containsExactly("late:9080");
    showObjects(service("ratings"), service("late"));

    assertThat(names(answer())).containsExactly("late:9080");
  }

  @Test
  void aTypeThatIsNotServedIsRefusedWithThoseThatAre() throws Exception {
    stream.onNext(
        DeltaDiscoveryRequest.newBuilder()
            .setTypeUrl("type.googleapis.com/envoy.config.cluster.v3.Cluster")
            .build());

    assertThat(failures.poll(DEADLINE_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("INVALID_ARGUMENT: type type.googleapis.com/envoy")
        .hasMessageContaining(ResourceType.ROUTES);
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws Exception {
    subscribe("h".repeat(ServeLimits.MAX_NAME_CHARS) + ":80");

    assertThat(failures.poll(DEADLINE_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("a name is longer than 259 characters");
  }

  @Test
  void aClientThatFollowsTooMuchIsToldSoAndTheOthersAreServed() throws Exception {
    StreamObserver<DeltaDiscoveryRequest> greedy = open();
    DeltaDiscoveryRequest.Builder tooMany = request();
    for (int i = 0; i <= ServeLimits.MAX_SUBSCRIPTIONS_PER_TYPE; i++) {
      tooMany.addResourceNamesSubscribe("h" + i + ":80");
    }
    greedy.onNext(tooMany.build());
    Throwable failure = failures.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    show("2s");
    subscribe(REVIEWS);

    assertThat(failure).hasMessageContaining("RESOURCE_EXHAUSTED").hasMessageContaining("10000");
    assertThat(names(answer())).containsExactly(REVIEWS);
  }
}
