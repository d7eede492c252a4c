package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that can be killed. */
public final class InstanceProcess implements AutoCloseable {

  private final Forked process;
  private final int port;

  /**
   * Starts it and waits until it listens.
   *
   * @param flowing after how many answers calls are seen to reach it
   */
  InstanceProcess(String name, int flowing, Path log) throws IOException, InterruptedException {
    this(name, flowing, "127.0.0.1", log, List.of());
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param flowing after how many answers calls are seen to reach it
   * @param before words that make a command one that runs elsewhere
   */
  public InstanceProcess(String name, int flowing, String address, Path log, List<String> before)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    String classes = System.getProperty("heddle.probe.classes");
    String main = "dev.heddle.e2e.instance.Instance";
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes, main));
    command.addAll(List.of(name, Integer.toString(flowing), address));
    process = new Forked(command, Map.of(), log);
    port = Integer.parseInt(process.read());
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Waits until calls are seen to reach it. */
  public void awaitCalls() throws IOException, InterruptedException {
    process.read();
  }

  /** Ends it as a crash would: what was under way is cut. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
