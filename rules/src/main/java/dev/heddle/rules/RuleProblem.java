package dev.heddle.rules;

/**
 * What is wrong with an object, and where.
 *
 * @param path the field, like {@code spec.http[0].timeout}; empty for the object as a whole
 * @param line 1-based, 0 if unknown
 * @param column 1-based, 0 if unknown
 */
public record RuleProblem(
    String kind, String namespace, String name, String path, int line, int column, String message) {

  @Override
  public String toString() {
    String object = name.isEmpty() ? kind : kind + " " + namespace + "/" + name;
    String field = path.isEmpty() ? "" : path + " ";
    String place = line == 0 ? "" : " (" + line + ":" + column + ")";
    return (object.isBlank() ? "" : object + ": ") + field + message + place;
  }
}
