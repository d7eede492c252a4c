package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The generator puts what a type says and what a field adds beside each other ({@code allOf}); a
 * structural schema says it in one place. Oneofs stay as they are.
 */
final class Flat {

  private Flat() {}

  static JsonNode of(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      schema.forEach(item -> items.add(of(item)));
      return items;
    }
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode flat = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.properties()) {
      JsonNode value = of(field.getValue());
      if (field.getKey().equals("allOf")) {
        value.forEach(part -> join(flat, part));
      } else {
        flat.set(field.getKey(), value);
      }
    }
    return flat;
  }

  private static void join(ObjectNode flat, JsonNode part) {
    if (part.size() == 1 && part.has("oneOf")) {
      flat.withArray("allOf").add(part);
    } else {
      flat.setAll((ObjectNode) part);
    }
  }
}
