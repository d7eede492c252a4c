package dev.heddle.benchmarks.node;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A gRPC server that says what it hears. */
public final class GrpcOrigin {

  static final String PATH = "/bench.Echo/Say";

  private GrpcOrigin() {}

  /** Listens on the port that is named until it is ended. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MethodDescriptor<byte[], byte[]> say =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName(PATH.substring(1))
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    Server server =
        NettyServerBuilder.forPort(Integer.parseInt(arguments[0]))
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder("bench.Echo")
                    .addMethod(
                        say,
                        ServerCalls.asyncUnaryCall(
                            (heard, answer) -> {
                              answer.onNext(heard);
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    System.out.println("ready");
    server.awaitTermination();
  }

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
}
