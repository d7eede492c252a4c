package dev.heddle.rules;

import static dev.heddle.rules.Excerpt.SENTENCE_CHARS;

/**
 * What is wrong with an object, and where. Its texts are cut and escaped to what a log takes: all
 * of them may come from whoever wrote the file.
 *
 * @param path the field, like {@code spec.http[0].timeout}; empty for the object as a whole
 * @param line 1-based, 0 if unknown
 * @param column 1-based, 0 if unknown
 */
public record RuleProblem(
    String kind, String namespace, String name, String path, int line, int column, String message) {

  /** See above. */
  public RuleProblem {
    kind = Excerpt.of(kind, SENTENCE_CHARS);
    namespace = Excerpt.of(namespace, SENTENCE_CHARS);
    name = Excerpt.of(name, SENTENCE_CHARS);
    path = Excerpt.of(path, SENTENCE_CHARS);
    message = Excerpt.of(message, SENTENCE_CHARS);
  }

  @Override
  public String toString() {
    String object = name.isEmpty() ? kind : kind + " " + namespace + "/" + name;
    String field = path.isEmpty() ? "" : path + " ";
    String place = line == 0 ? "" : " (" + line + ":" + column + ")";
    return (object.isBlank() ? "" : object + ": ") + field + message + place;
  }
}
