package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
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

    static Place of(Optional<Mark> mark) {
      return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(UNKNOWN);
    }
  }

  /** What YAML allows and Kubernetes does not. */
  record Flaw(Place place, String message) {}

  /** How many values one text may still have: aliases make many of few. */
  static final class Budget {
    private int left = BoundedEvents.MAX_VALUES;

    void spend(Node node) {
      if (--left < 0) {
        throw YamlLimitException.values(node.getStartMark());
      }
    }
  }

  /** Digits of the longest number that fits in 64 bits, with its sign. */
  private static final int MAX_INTEGER_CHARS = 20;

  private final Node root;
  private final Budget budget;
  private final List<Flaw> flaws = new ArrayList<>();
  private final JsonNode tree;

  /** YamlLimitException if it has more values than the budget allows. */
  YamlDocument(Node root, Budget budget) {
    this.root = root;
    this.budget = budget;
    this.tree = toJson(root, 0);
  }

  JsonNode tree() {
    return tree;
  }

  List<Flaw> flaws() {
    return flaws;
  }

  /** The place of the last part of the path that exists; of its key where it is a field. */
  Place place(List<Object> path) {
    Node node = root;
    Node marked = root;
    for (Object step : path) {
      if (step instanceof Integer index && node instanceof SequenceNode sequence) {
        Node item = item(sequence, index);
        if (item == null) {
          break;
        }
        node = item;
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
    return Place.of(marked.getStartMark());
  }

  /** The element with this index when null elements are passed over, as in the tree. */
  private static @Nullable Node item(SequenceNode sequence, int index) {
    int left = index;
    for (Node item : sequence.getValue()) {
      if (!item.getTag().equals(Tag.NULL) && left-- == 0) {
        return item;
      }
    }
    return null;
  }

  /** The field of exactly this name, else the one that has it in its other form. */
  private static @Nullable NodeTuple field(MappingNode mapping, String name) {
    NodeTuple other = null;
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        if (key.getValue().equals(name)) {
          return tuple;
        }
        if (FieldName.same(key.getValue(), name)) {
          other = tuple;
        }
      }
    }
    return other;
  }

  private JsonNode toJson(Node node, int depth) {
    budget.spend(node);
    if (depth > BoundedEvents.MAX_DEPTH) {
      throw YamlLimitException.depth(node.getStartMark());
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, depth);
      case SequenceNode sequence -> array(sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      default -> {
        flaws.add(flaw(node, "YAML " + node.getNodeType() + " is not expected"));
        yield JsonNodeFactory.instance.nullNode();
      }
    };
  }

  private ObjectNode object(MappingNode mapping, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        flaws.add(flaw(tuple.getKeyNode(), "a field's name is no text"));
        continue;
      }
      if (object.has(key.getValue())) {
        flaws.add(flaw(key, "field " + key.getValue() + " is there twice"));
        continue;
      }
      object.set(key.getValue(), toJson(tuple.getValueNode(), depth + 1));
    }
    return object;
  }

  private static Flaw flaw(Node node, String message) {
    return new Flaw(Place.of(node.getStartMark()), message);
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

  /** As Jackson's own parser makes them: models of others ask an integer whether it is an int. */
  private static JsonNode integer(long value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return value == (int) value ? json.numberNode((int) value) : json.numberNode(value);
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
      if (tag.equals(Tag.INT) && text.length() <= MAX_INTEGER_CHARS) {
        return integer(Long.parseLong(text));
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
