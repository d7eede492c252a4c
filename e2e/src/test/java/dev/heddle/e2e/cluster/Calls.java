package dev.heddle.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls from the node, one after the other, until they are ended; each answer is one line. */
final class Calls implements AutoCloseable {

  /** The file says that it is to go on, for at most so many calls. */
  private static final String LOOP =
      "n=0; while [ -e \"$0\" ] && [ $n -lt 20000 ]; do n=$((n + 1));"
          + " curl -s -m 10 -w ' status=%{http_code}\\n' \"$1\" || echo \" curl=$?\"; done";

  private final Path goOn;
  private final CompletableFuture<String> output;

  private Calls(Path goOn, CompletableFuture<String> output) {
    this.goOn = goOn;
    this.output = output;
  }

  static Calls begin(Cluster cluster, String url, Path directory) throws IOException {
    Path goOn = Files.createTempFile(directory, "calls", "");
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            output.complete(cluster.onNode("sh", "-c", LOOP, goOn.toString(), url));
          } catch (Throwable e) {
            output.completeExceptionally(e);
          }
        });
    return new Calls(goOn, output);
  }

  /** What was answered, in order. */
  List<String> end() throws IOException {
    close();
    return output.join().lines().toList();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(goOn);
  }
}
