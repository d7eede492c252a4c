package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that can be killed. */
final class InstanceProcess implements AutoCloseable {

  private final Forked process;
  private final int port;

  /**
   * Starts it and waits until it listens.
   *
   * @param flowing after how many answers calls are seen to reach it
   */
  InstanceProcess(String name, int flowing, Path log) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String classes = System.getProperty("heddle.probe.classes");
    String main = "dev.heddle.e2e.instance.Instance";
    process =
        new Forked(
            List.of(
                java,
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                main,
                name,
                Integer.toString(flowing)),
            Map.of(),
            log);
    port = Integer.parseInt(process.read());
  }

  int port() {
    return port;
  }

  /** Waits until calls are seen to reach it. */
  void awaitCalls() throws IOException, InterruptedException {
    process.read();
  }

  /** Ends it as a crash would: what was under way is cut. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
