package dev.heddle.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Specs that a schema takes: for each field, and each constant of an enum, one that has it. */
final class SchemaObjects {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SchemaObjects() {}

  static List<JsonNode> of(JsonNode schema) {
    if (schema.has("enum")) {
      List<JsonNode> constants = new ArrayList<>();
      schema.get("enum").forEach(constants::add);
      return constants;
    }
    return switch (schema.path("type").asText()) {
      case "object" -> schema.has("properties") ? objects(schema) : maps(schema);
      case "array" -> of(schema.get("items")).stream().map(SchemaObjects::list).toList();
      case "string" -> List.of(JSON.textNode(text(rules(schema), schema)));
      case "integer" ->
          List.of(JSON.numberNode(rules(schema).contains("65535") ? 8080 : least(schema)));
      case "number" -> List.of(JSON.numberNode(least(schema) + 0.5));
      case "boolean" -> List.of(JSON.booleanNode(true));
      default -> throw new AssertionError("a schema of no known type: " + schema);
    };
  }

  private static int least(JsonNode schema) {
    return schema.path("minimum").asInt(0) + 1;
  }

  private static JsonNode list(JsonNode item) {
    return JSON.arrayNode().add(item);
  }

  private static List<JsonNode> maps(JsonNode schema) {
    String key = rules(schema).contains("int(key)") ? "8080" : "http";
    return of(schema.get("additionalProperties")).stream()
        .map(value -> JSON.objectNode().<JsonNode>set(key, value))
        .toList();
  }

  private static List<JsonNode> objects(JsonNode schema) {
    List<JsonNode> objects = new ArrayList<>(List.of(least(schema, JSON.objectNode())));
    for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
      for (JsonNode value : of(field.getValue())) {
        objects.add(least(schema, JSON.objectNode().set(field.getKey(), value)));
      }
    }
    return objects;
  }

  /** With what the schema requires, or requires beside the fields that are set. */
  private static ObjectNode least(JsonNode schema, ObjectNode object) {
    for (JsonNode required : schema.path("required")) {
      String name = required.asText();
      if (!object.has(name)) {
        List<JsonNode> values = of(schema.get("properties").get(name));
        object.set(name, values.getFirst());
      }
    }
    String rules = rules(schema);
    if (rules.contains("address is required") && !object.has("address")) {
      object.put("address", "10.0.0.1");
    }
    if (rules.contains("resolution NONE has no endpoints") && object.has("endpoints")) {
      object.put("resolution", "STATIC");
    }
    if (rules.contains("portLevelMtls requires selector") && object.has("portLevelMtls")) {
      object.putObject("selector").putObject("matchLabels").put("app", "reviews");
    }
    if (rules.contains("value must be set") && object.path("operation").asText().equals("UPSERT")) {
      object.put("value", "request.host");
    }
    return object;
  }

  private static String text(String rules, JsonNode schema) {
    if (rules.contains("duration(self)")) {
      return "1m30s";
    }
    if (rules.contains("url(self)")) {
      return "https://keys.example.com/jwks";
    }
    if (rules.contains("self.size() == 0")) {
      return "";
    }
    return schema.path("format").asText().equals("byte") ? "aGVkZGxl" : "reviews";
  }

  private static String rules(JsonNode schema) {
    return schema.path("x-kubernetes-validations").toString();
  }
}
