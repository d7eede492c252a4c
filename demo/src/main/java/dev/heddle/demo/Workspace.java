package dev.heddle.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A directory that lives as long as the demo: rules in force, rule files to try, logs. */
final class Workspace implements AutoCloseable {

  /** The rule files of the tour, in its order; the first is in force at the start. */
  static final List<String> FILES =
      List.of(
          "canary-90-10", "dark-release-by-header", "slow-ratings-timeout", "fault-50", "outlier");

  private static final String MESH = "mesh.yaml";

  /** The pod of the program that is no Java, and what makes mesh TLS a must. */
  private static final String POD = "recommendations.yaml";

  private final Path templates;
  private final Path root;

  Workspace(Path templates) throws IOException {
    this.templates = templates;
    root = Files.createTempDirectory("heddle-demo-");
    Files.createDirectories(config());
    Files.createDirectories(authority());
    Files.createDirectories(root.resolve("try"));
    Files.createDirectories(root.resolve("logs"));
  }

  /** The directory that control follows. */
  Path config() {
    return root.resolve("rules");
  }

  /** The file to edit. */
  Path rules() {
    return config().resolve("rules.yaml");
  }

  /** A rule file to try, ready to be copied over the rules. */
  Path toTry(String file) {
    return root.resolve("try").resolve(file + ".yaml");
  }

  Path log(String program) {
    return root.resolve("logs").resolve(program + ".log");
  }

  /** Where init hands the pod to the node daemon. */
  Path nodeSocket() {
    return root.resolve("node.sock");
  }

  /** Of the mesh's authority. */
  Path authority() {
    return root.resolve("ca");
  }

  Path state(String program) throws IOException {
    return Files.createDirectories(root.resolve("state").resolve(program));
  }

  /** What a rule file does, in its own words: its first line. */
  String about(String file) throws IOException {
    try (Stream<String> lines = Files.lines(toTry(file))) {
      return lines.findFirst().orElse("").replaceFirst("^# ", "");
    }
  }

  /** Writes the pod of the program that is no Java, before it is captured. */
  void fillPod(Map<String, String> values) throws IOException {
    Files.writeString(config().resolve(POD), filled(POD, values));
  }

  /** Writes the mesh and the files to try, filled in, and puts the first in force. */
  void fill(Map<String, String> values) throws IOException {
    for (String file : FILES) {
      Files.writeString(toTry(file), filled(file + ".yaml", values));
    }
    use(FILES.getFirst()); // before the mesh: no call goes through before its rules are there
    Files.writeString(config().resolve(MESH), filled(MESH, values));
  }

  private String filled(String template, Map<String, String> values) throws IOException {
    String text = Files.readString(templates.resolve(template));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  /** Puts a rule file in force: in one step, as a good editor saves. */
  void use(String file) throws IOException {
    Path fresh = Files.copy(toTry(file), root.resolve("rules.next"));
    Files.move(fresh, rules(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The last lines that a program wrote. */
  String lastWords(String program, int lines) throws IOException {
    List<String> all = new ArrayList<>(Files.readAllLines(log(program)));
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
