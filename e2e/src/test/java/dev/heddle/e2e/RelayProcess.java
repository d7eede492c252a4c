package dev.heddle.e2e;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The relay under the agent, in a JVM of its own, on one of its servers. */
final class RelayProcess implements AutoCloseable {

  private static final Path TOMCATS = Path.of(System.getProperty("heddle.tomcats"));

  private final Forked process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String port;

  /** Server: {@code JDK HttpServer}, {@code Tomcat 9}, {@code Tomcat 10.1} or {@code Tomcat 11}. */
  RelayProcess(Jdk jdk, String server, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx128m", "-cp"));
    String classes = ProbeProcess.classPath();
    command.add(
        server.startsWith("Tomcat")
            ? classes
                + File.pathSeparator
                + TOMCATS.resolve(server.replace("Tomcat ", "tomcat-"))
                + "/*"
            : classes);
    command.add("dev.heddle.e2e.relay.Relay");
    command.add(server.split(" ", 2)[0]);
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + ProbeProcess.AGENT);
    environment.put("HEDDLE_ADMIN", "off");
    settings.forEach((name, value) -> environment.put("HEDDLE_" + name, value));
    process = new Forked(command, environment, log);
    port = process.read();
  }

  /** Asks the relay, with these headers. */
  String get(Map<String, String> query, Map<String, String> headers)
      throws IOException, InterruptedException {
    String text =
        query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/?" + text));
    headers.forEach(request::header);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.body() + "; stderr:\n" + process.errors());
    }
    return response.body();
  }

  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
