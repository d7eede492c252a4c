package dev.heddle.node.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gRPC, by its own client and server, to a pod whose rules look into requests. */
final class GrpcInboundTest {

  private static final long LOOK_NANOS = 20_000_000;
  private static final int STEADY_LOOKS = 25;

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final GrpcService service;
  private final InboundRig rig;
  private final ManagedChannel channel;

  GrpcInboundTest() throws IOException {
    service = new GrpcService();
    rig = new InboundRig(bob, service.address());
    channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", rig.port())
            .usePlaintext()
            .overrideAuthority("orders.shop")
            .socketFactory(new Mesh())
            .build();
    bob.use(
        Policies.of(MutualTlsMode.STRICT, Policies.deny(Attribute.PATH, "/shop.Orders/Delete")));
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    channel.awaitTermination(5, TimeUnit.SECONDS);
    rig.close();
    service.close();
  }

  private static String ask(Channel channel, MethodDescriptor<String, String> method) {
    return ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "tea");
  }

  private static Status failure(Channel channel, MethodDescriptor<String, String> method) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> ask(channel, method))
        .getStatus();
  }

  @Test
  void aCallThatRulesLetInIsAnsweredAndOneThatTheyDenyIsToldSoInItsOwnTerms() {
    assertThat(ask(channel, GrpcService.GET)).isEqualTo("you asked for tea");
    Status denied = failure(channel, GrpcService.DELETE);
    assertThat(denied.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(denied.getDescription()).isEqualTo("RBAC: access denied");
    assertThat(ask(channel, GrpcService.GET)).isEqualTo("you asked for tea");
  }

  @Test
  void aTokenThatNobodyBelievesIsToldSoInItsOwnTerms() {
    bob.use(Policies.tokens(JwtRule.builder().issuer("https://a.com").build()));
    Metadata headers = new Metadata();
    headers.put(GrpcService.TOKEN, "Bearer e30.e30.e30");
    Channel bearing =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    Status refused = failure(bearing, GrpcService.GET);
    assertThat(refused.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refused.getDescription()).isEqualTo("Jwt verification fails");
    assertThat(ask(channel, GrpcService.GET)).isEqualTo("you asked for tea");
  }

  @Test
  void aServiceThatIsNotThereIsUnavailable() throws Exception {
    service.server.shutdownNow();
    service.server.awaitTermination(5, TimeUnit.SECONDS);
    assertThat(failure(channel, GrpcService.GET).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void manyCallsAtOnceAreEachAnsweredTheirOwn() throws Exception {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      answers.add(answer);
      ClientCalls.asyncUnaryCall(
          channel.newCall(GrpcService.GET, CallOptions.DEFAULT),
          String.valueOf(i),
          new First(answer));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("you asked for " + i);
    }
  }

  @Test
  void bothEndsTalkAtOnce() throws Exception {
    CompletableFuture<List<String>> heard = new CompletableFuture<>();
    StreamObserver<String> out =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(GrpcService.CHAT, CallOptions.DEFAULT), new All(heard));
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      said.add("message " + i);
      out.onNext("message " + i);
    }
    out.onCompleted();
    assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(said);
  }

  @Test
  void aSlowReaderStopsTheServiceAndStaysInNobodysWay() throws Exception {
    Counting slow = new Counting();
    ClientCall<String, String> call = channel.newCall(GrpcService.FLOOD, CallOptions.DEFAULT);
    call.start(slow, new Metadata());
    call.sendMessage("all");
    call.halfClose();
    call.request(1);
    int sent = steady(service.flooded);
    assertThat((long) sent * GrpcService.FLOOD_BYTES).isLessThan(8L << 20);
    assertThat(ask(channel, GrpcService.GET)).isEqualTo("you asked for tea");
    call.request(GrpcService.FLOOD_MESSAGES);
    assertThat(slow.closed.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
    assertThat(slow.messages.get()).isEqualTo(GrpcService.FLOOD_MESSAGES);
  }

  @Test
  void aCallThatIsCancelledEndsAtTheService() throws Exception {
    ClientCall<String, String> call = channel.newCall(GrpcService.HANG, CallOptions.DEFAULT);
    call.start(new Counting(), new Metadata());
    call.sendMessage("x");
    call.halfClose();
    call.request(2);
    service.hanging.get(10, TimeUnit.SECONDS);
    call.cancel("nobody waits", null);
    service.cancelled.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aServiceThatLeavesEndsTheCallsUnderWay() throws Exception {
    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(
            channel, GrpcService.FLOOD, CallOptions.DEFAULT, "all");
    answers.next();
    service.server.shutdown(); // GOAWAY, and goes on with what is under way
    int messages = 1;
    while (answers.hasNext()) {
      answers.next();
      messages++;
    }
    assertThat(messages).isEqualTo(GrpcService.FLOOD_MESSAGES);
  }

  /** What a number that grows stands still at. */
  private static int steady(AtomicInteger number) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    int last = -1;
    int looks = 0;
    while (looks < STEADY_LOOKS && System.nanoTime() - end < 0) {
      int now = number.get();
      looks = now == last && now > 0 ? looks + 1 : 0;
      last = now;
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return last;
  }

  /** What gRPC calls a plaintext connection is one of mesh TLS. */
  private final class Mesh extends SocketFactory {
    @Override
    public Socket createSocket(String host, int port) {
      return MeshSockets.connect(alice, port, "istio-h2", "istio");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return createSocket(host, port);
    }
  }

  private static final class First implements StreamObserver<String> {
    private final CompletableFuture<String> answer;

    First(CompletableFuture<String> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(String message) {
      answer.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }

  private static final class All implements StreamObserver<String> {
    private final CompletableFuture<List<String>> heard;
    private final List<String> messages = new ArrayList<>();

    All(CompletableFuture<List<String>> heard) {
      this.heard = heard;
    }

    @Override
    public void onNext(String message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      heard.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      heard.complete(messages);
    }
  }

  private static final class Counting extends ClientCall.Listener<String> {
    final AtomicInteger messages = new AtomicInteger();
    final CompletableFuture<Status> closed = new CompletableFuture<>();

    @Override
    public void onMessage(String message) {
      messages.incrementAndGet();
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      closed.complete(status);
    }
  }
}
