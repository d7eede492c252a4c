package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of gRPC over HTTP/2 without TLS. */
final class GrpcService implements AutoCloseable {

  static final int FLOOD_MESSAGES = 2_000;
  static final int FLOOD_BYTES = 16 * 1024;

  static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  static final MethodDescriptor<String, String> GET = method(MethodType.UNARY, "Get");
  static final MethodDescriptor<String, String> DELETE = method(MethodType.UNARY, "Delete");
  static final MethodDescriptor<String, String> CHAT = method(MethodType.BIDI_STREAMING, "Chat");
  static final MethodDescriptor<String, String> FLOOD =
      method(MethodType.SERVER_STREAMING, "Flood");
  static final MethodDescriptor<String, String> HANG = method(MethodType.SERVER_STREAMING, "Hang");

  final AtomicInteger flooded = new AtomicInteger();
  final CompletableFuture<Void> hanging = new CompletableFuture<>();
  final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  final Server server;

  GrpcService() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        OkHttpServerBuilder.forPort(any, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder("shop.Orders")
                    .addMethod(GET, ServerCalls.asyncUnaryCall(GrpcService::answer))
                    .addMethod(DELETE, ServerCalls.asyncUnaryCall(GrpcService::answer))
                    .addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(Chat::new))
                    .addMethod(FLOOD, ServerCalls.asyncServerStreamingCall(this::flood))
                    .addMethod(HANG, ServerCalls.asyncServerStreamingCall(this::hang))
                    .build())
            .build()
            .start();
  }

  private static MethodDescriptor<String, String> method(MethodType type, String name) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName("shop.Orders/" + name)
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  private static void answer(String asked, StreamObserver<String> out) {
    out.onNext("you asked for " + asked);
    out.onCompleted();
  }

  /** As many as the connection takes. */
  private void flood(String asked, StreamObserver<String> observer) {
    ServerCallStreamObserver<String> out = (ServerCallStreamObserver<String>) observer;
    String message = "x".repeat(FLOOD_BYTES);
    out.setOnReadyHandler(
        () -> {
          while (out.isReady() && flooded.get() < FLOOD_MESSAGES) {
            out.onNext(message);
            if (flooded.incrementAndGet() == FLOOD_MESSAGES) {
              out.onCompleted();
            }
          }
        });
  }

  private void hang(String asked, StreamObserver<String> observer) {
    ServerCallStreamObserver<String> out = (ServerCallStreamObserver<String>) observer;
    out.setOnCancelHandler(() -> cancelled.complete(null));
    out.onNext("wait");
    hanging.complete(null);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Chat implements StreamObserver<String> {
    private final StreamObserver<String> out;

    Chat(StreamObserver<String> out) {
      this.out = out;
    }

    @Override
    public void onNext(String said) {
      out.onNext(said);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
      out.onCompleted();
    }
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
