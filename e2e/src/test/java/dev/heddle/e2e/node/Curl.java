package dev.heddle.e2e.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.TestClient;
import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** curl in a pod, a process for each call; many calls are one process. */
final class Curl implements TestClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONGEST_SECONDS = "30";

  /** curl's own variables, and all headers of the response. */
  private static final String WHOLE_ANSWER = "[%{json},%{header_json}]";

  private static final String ANSWER_IN_A_LINE =
      "%{http_code}\\t%{exitcode}\\t%header{x-upstream}\\t%{errormsg}\\n";

  /** A process each: curl before 8.0 fails where it uses such a connection again. */
  private static final String AGAIN = "for i in $(seq $0); do \"$@\"; done";

  private final Programs programs;
  private final Path directory;
  private final String servers;
  private final List<String> before = new ArrayList<>(List.of("curl", "-q", "-sS", "--path-as-is"));
  private final boolean http2;

  /**
   * Of a pod.
   *
   * @param directory for its files, of its own
   * @param servers the address of the servers, one of which may be a proxy
   * @param http2 from the first byte, where there is no TLS
   * @param options of each call
   */
  Curl(Programs programs, Path directory, String servers, boolean http2, List<String> options)
      throws IOException {
    this.programs = programs;
    this.directory = Files.createDirectories(directory);
    this.servers = servers;
    this.http2 = http2;
    before.addAll(options);
  }

  @Override
  public Answer call(Ask ask) throws IOException, InterruptedException {
    Path body = directory.resolve("body");
    Files.deleteIfExists(body);
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("--globoff", "-o", body.toString(), "-w", WHOLE_ANSWER));
    command.addAll(options(ask));
    command.addAll(request(ask));
    command.add(ask.url());
    long start = System.nanoTime();
    JsonNode said = JSON.readTree(run(command, ask.options().streamed()));
    double millis = (System.nanoTime() - start) / 1e6;
    JsonNode outcome = said.get(0);
    int exit = outcome.path("exitcode").asInt();
    String text = Files.exists(body) ? Files.readString(body) : "";
    return new Answer(
        outcome.path("http_code").asInt(),
        JSON.convertValue(
            said.get(1),
            JSON.getTypeFactory().constructMapType(Map.class, String.class, List.class)),
        exit == 0 ? text : outcome.path("errormsg").asText(),
        outcome.path("url_effective").asText(),
        "",
        exit == 0 ? null : "curl: (" + exit + ")",
        exit == 0 ? outcome.path("time_total").asDouble() * 1_000 : millis);
  }

  @Override
  public Summary callMany(Ask ask) throws IOException, InterruptedException {
    int threads = ask.repeat().threads();
    int calls = ask.repeat().calls();
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("-o", "/dev/null", "-w", ANSWER_IN_A_LINE));
    command.addAll(options(ask));
    command.addAll(request(ask));
    if (threads > 1) {
      command.addAll(
          List.of(
              "--parallel", "--parallel-immediate", "--parallel-max", Integer.toString(threads)));
    }
    long started = System.currentTimeMillis();
    if (http2 && calls > 1) {
      command.add(ask.url());
      command.addAll(0, List.of("sh", "-c", AGAIN, Integer.toString(calls)));
    } else {
      command.add(ask.url() + "#[1-" + calls * threads + "]"); // which is not sent
    }
    Summary summary = Summary.empty();
    run(command, false).lines().forEach(line -> summary.add(word(line.split("\t", -1)), started));
    return summary;
  }

  /** As {@link Answer#word()}, of status, exit code, server and error. */
  private static String word(String[] answer) {
    if (!answer[1].equals("0")) {
      return "curl: (" + answer[1] + "): " + answer[3];
    }
    return answer[0].equals("200") ? answer[2] : answer[0];
  }

  private List<String> options(Ask ask) {
    List<String> words = new ArrayList<>();
    if (http2 && ask.url().startsWith("http:")) {
      words.add("--http2-prior-knowledge");
    }
    Ask.Options options = ask.options();
    if (options.browsing()) {
      String jar = directory.resolve("cookies").toString();
      words.addAll(List.of("-L", "-b", jar, "-c", jar));
    }
    if (options.proxyPort() > 0) {
      words.addAll(List.of("-x", "http://" + servers + ":" + options.proxyPort()));
    }
    int millis = Math.max(options.timeoutMillis(), options.cancelMillis());
    words.addAll(
        List.of("--max-time", millis == 0 ? LONGEST_SECONDS : Double.toString(millis / 1e3)));
    return words;
  }

  private List<String> request(Ask ask) throws IOException {
    List<String> words = new ArrayList<>();
    if (ask.method().equals("HEAD")) {
      words.add("-I"); // a response that has no body
    } else if (!ask.method().equals("GET")) {
      words.addAll(List.of("-X", ask.method()));
    }
    ask.headers()
        .forEach(
            (name, value) ->
                words.addAll(List.of("-H", value.isEmpty() ? name + ";" : name + ": " + value)));
    String body = ask.body();
    if (body != null) {
      Path file = Files.writeString(requestBody(), body);
      words.addAll(
          ask.options().streamed()
              ? List.of("-T", "-", "-H", "Expect:") // its length is not known
              : List.of("--data-binary", "@" + file));
    }
    return words;
  }

  private Path requestBody() {
    return directory.resolve("request");
  }

  /** What it printed; a stream that is sent once comes from its stdin. */
  private String run(List<String> command, boolean streaming)
      throws IOException, InterruptedException {
    ProcessBuilder program = programs.program(command, directory.resolve("curl.log"));
    if (streaming) {
      program.redirectInput(requestBody().toFile());
    }
    return Programs.output(program);
  }
}
