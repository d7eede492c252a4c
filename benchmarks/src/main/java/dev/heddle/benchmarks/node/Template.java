package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Configuration files of other programs, from benchmarks/src/main/resources/node. */
final class Template {

  private Template() {}

  /** Writes one into a folder of the workspace; gives where. */
  static Path write(Workspace workspace, String folder, String name, Map<String, Object> values)
      throws IOException {
    return workspace.write(folder, name, text(name, values));
  }

  /** One with its {@code ${names}} replaced. */
  static String text(String name, Map<String, Object> values) throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(Template.class.getResourceAsStream("/node/" + name), name)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (Map.Entry<String, Object> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue().toString());
    }
    return text;
  }
}
