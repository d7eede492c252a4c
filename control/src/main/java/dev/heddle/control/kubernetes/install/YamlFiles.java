package dev.heddle.control.kubernetes.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * YAML as kubectl reads it, and as it reads it back: strings are quoted, so that none is a number.
 */
final class YamlFiles {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .build());

  private YamlFiles() {}

  /** The documents of a file, without empty ones. */
  static List<JsonNode> all(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static JsonNode only(Path file) throws IOException {
    List<JsonNode> documents = all(file);
    if (documents.size() != 1) {
      throw new IOException(file + ": " + documents.size() + " documents (expected: one)");
    }
    return documents.getFirst();
  }

  static JsonNode parse(String text, Path file) throws IOException {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static String text(JsonNode document) throws IOException {
    return YAML.writeValueAsString(document);
  }
}
