package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The programs that are called in a pod: nginx with two files, and a gRPC server. */
final class Callee implements AutoCloseable {

  static final int HTTP = 8080;
  static final int HTTP_2 = 8081;
  static final int GRPC = 8082;

  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 1_000_000;
  private static final Duration START = Duration.ofSeconds(30);

  private final Child nginx;
  private final Child grpc;

  Callee(Pod pod, Workspace workspace) throws IOException, InterruptedException {
    Path directory = workspace.folder("origin-" + pod.name());
    Path files = Files.createDirectories(directory.resolve("files"));
    write(files.resolve("small"), SMALL_BYTES);
    write(files.resolve("large"), LARGE_BYTES);
    Path config =
        Template.write(
            workspace, "origin-" + pod.name(), "origin.conf", Map.of("directory", directory));
    Path logs = workspace.folder("logs");
    nginx = new Child("origin", pod.inside(Peers.nginx(directory, config)), Map.of(), logs);
    grpc =
        new Child(
            "grpc-origin",
            pod.inside(
                List.of(
                    Java.own().command(),
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GrpcOrigin.class.getName(),
                    Integer.toString(GRPC))),
            Map.of(),
            logs);
    try {
      grpc.answer("ready", START);
      pod.awaitListener("127.0.0.1:" + HTTP);
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private static void write(Path file, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 'x');
    Files.write(file, content);
  }

  @Override
  public void close() {
    nginx.close();
    grpc.close();
  }
}
