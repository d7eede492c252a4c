package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One composed YAML document: its JSON tree, and where in the text each of its parts stands. */
final class YamlDocument {

  /** A place in the text, 1-based. */
  record Place(int line, int column) {
    static final Place UNKNOWN = new Place(0, 0);
  }

  /** Values in one document at most, aliases expanded: an alias bomb ends here. */
  static final int MAX_VALUES = 200_000;

  /** Nested collections at most; Istio's deepest rule has about 12. */
  static final int MAX_DEPTH = 64;

  private final Node root;
  private final JsonNode tree;
  private int values;

  YamlDocument(Node root) {
    this.root = root;
    this.tree = toJson(root, 0);
  }

  JsonNode tree() {
    return tree;
  }

  /** The place of the last part of the path that exists; of its key where it is a field. */
  Place place(List<Object> path) {
    Node node = root;
    Node marked = root;
    for (Object step : path) {
      if (step instanceof Integer index && node instanceof SequenceNode sequence) {
        if (index >= sequence.getValue().size()) {
          break;
        }
        node = sequence.getValue().get(index);
        marked = node;
      } else if (node instanceof MappingNode mapping) {
        NodeTuple tuple = field(mapping, step.toString());
        if (tuple == null) {
          break;
        }
        node = tuple.getValueNode();
        marked = tuple.getKeyNode();
      } else {
        break;
      }
    }
    return marked
        .getStartMark()
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.UNKNOWN);
  }

  private static @Nullable NodeTuple field(MappingNode mapping, String name) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key
          && (key.getValue().equals(name) || key.getValue().equals(SnakeCase.of(name)))) {
        return tuple;
      }
    }
    return null;
  }

  private JsonNode toJson(Node node, int depth) {
    if (++values > MAX_VALUES) {
      throw new IllegalArgumentException(
          "document has more than " + MAX_VALUES + " values with its aliases; split it");
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "document is nested deeper than " + MAX_DEPTH + " levels; no rule needs that");
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, depth);
      case SequenceNode sequence -> array(sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      default ->
          throw new IllegalArgumentException("YAML " + node.getNodeType() + " is not expected");
    };
  }

  private ObjectNode object(MappingNode mapping, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new IllegalArgumentException("a mapping key is not a plain text");
      }
      if (object.has(key.getValue())) {
        throw new IllegalArgumentException("field " + key.getValue() + " is there twice");
      }
      object.set(key.getValue(), toJson(tuple.getValueNode(), depth + 1));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node item : sequence.getValue()) {
      JsonNode value = toJson(item, depth + 1);
      if (!value.isNull()) { // Istio's parser passes over null elements
        array.add(value);
      }
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return json.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      if (tag.equals(Tag.INT)) {
        BigInteger value = new BigInteger(text);
        return value.bitLength() < 64 ? json.numberNode(value.longValue()) : json.textNode(text);
      }
      if (tag.equals(Tag.FLOAT)) {
        return json.numberNode(Double.parseDouble(text));
      }
    } catch (NumberFormatException e) {
      return json.textNode(text);
    }
    return json.textNode(text);
  }
}
