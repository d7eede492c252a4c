package dev.heddle.rules;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Text that is YAML but more of it than is read. */
final class YamlLimitException extends MarkedYamlEngineException {

  private static final long serialVersionUID = 1L;

  private YamlLimitException(String problem, Optional<Mark> place) {
    super("", Optional.empty(), problem, place);
  }

  static YamlLimitException depth(Optional<Mark> place) {
    return new YamlLimitException(
        "is nested deeper than " + BoundedEvents.MAX_DEPTH + " levels; no rule needs that", place);
  }

  static YamlLimitException values(Optional<Mark> place) {
    return new YamlLimitException(
        "has more than "
            + BoundedEvents.MAX_VALUES
            + " values, aliases written out; split the file",
        place);
  }

  static YamlLimitException objects(int most) {
    return new YamlLimitException(
        "has more than " + most + " objects; split the file", Optional.empty());
  }
}
