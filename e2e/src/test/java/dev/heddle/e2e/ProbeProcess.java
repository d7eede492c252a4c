package dev.heddle.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http2.HttpVersionPolicy;

/** The probe under the agent, in a JVM of its own. */
final class ProbeProcess implements TestClient, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  static final Path AGENT =
      Path.of(System.getProperty("heddle.home"), "agent/dist/target/heddle-agent.jar");
  private static final List<Class<?>> ON_ITS_CLASS_PATH =
      List.of(
          HttpClient.class,
          HttpHost.class,
          HttpVersionPolicy.class,
          org.slf4j.Logger.class,
          ObjectMapper.class,
          com.fasterxml.jackson.core.JsonFactory.class,
          com.fasterxml.jackson.annotation.JsonProperty.class);

  private final Forked process;

  /**
   * Starts it and waits until it is ready.
   *
   * @param options of its JVM
   * @param settings by their names without {@code HEDDLE_}
   */
  ProbeProcess(Jdk jdk, List<String> options, String client, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx128m", "-cp", classPath()));
    command.addAll(options);
    command.addAll(List.of("dev.heddle.e2e.probe.Probe", client));
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + AGENT);
    environment.put("HEDDLE_ADMIN", "off");
    settings.forEach((name, value) -> environment.put("HEDDLE_" + name, value));
    process = new Forked(command, environment, log);
    process.read();
  }

  static String classPath() {
    return Stream.concat(
            Stream.of(System.getProperty("heddle.probe.classes")),
            ON_ITS_CLASS_PATH.stream().map(ProbeProcess::jar))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Answer call(Ask ask) throws IOException, InterruptedException {
    process.write(JSON.writeValueAsString(ask));
    return JSON.readValue(process.read(), Answer.class);
  }

  @Override
  public Summary callMany(Ask ask) throws IOException, InterruptedException {
    process.write(JSON.writeValueAsString(ask));
    return JSON.readValue(process.read(), Summary.class);
  }

  /** Begins with calls that go on until {@link #stop}. */
  void start(Ask ask) throws IOException {
    process.write(JSON.writeValueAsString(ask));
  }

  /** Ends them. */
  Summary stop() throws IOException, InterruptedException {
    process.write("");
    return JSON.readValue(process.read(), Summary.class);
  }

  long pid() {
    return process.pid();
  }

  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() {
    process.close();
  }
}
