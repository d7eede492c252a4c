package dev.heddle.e2e.peer;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC service that echoes, and its client, as apps have them: plaintext, over grpc-java's own
 * shaded Netty, which takes the native transport if it is told that there is one. Arguments: {@code
 * server}; {@code client ADDRESS PORT}.
 */
public final class GrpcPeer {

  private static final int DEADLINE_SECONDS = 20;
  private static final int REPEATED = 10_000;

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.newBuilder(new Bytes(), new Bytes())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("e2e.Echo/Echo")
          .build();

  private GrpcPeer() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("server")) {
      serve();
    } else {
      System.out.println(call(arguments[1], Integer.parseInt(arguments[2])));
    }
    System.exit(0);
  }

  private static void serve() throws IOException {
    ServerServiceDefinition echo =
        ServerServiceDefinition.builder("e2e.Echo")
            .addMethod(
                ECHO,
                ServerCalls.asyncUnaryCall(
                    (request, answer) -> {
                      answer.onNext(request);
                      answer.onCompleted();
                    }))
            .build();
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(echo)
            .build()
            .start();
    System.out.println(server.getPort());
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
  }

  /** What became of a call: {@code echoed}, or its status. */
  private static String call(String address, int port) {
    byte[] payload = Payload.MARK.repeat(REPEATED).getBytes(StandardCharsets.US_ASCII);
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(address, port, InsecureChannelCredentials.create())
            .build();
    try {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      byte[] answer = ClientCalls.blockingUnaryCall(channel, ECHO, options, payload);
      return Arrays.equals(answer, payload) ? "echoed" : "something else came back";
    } catch (StatusRuntimeException e) {
      return e.getStatus().toString();
    } finally {
      channel.shutdownNow();
    }
  }
}
