package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The status of every kind, as in Istio's CRDs: conditions, and whatever else is written there. */
final class StatusSchema {

  private StatusSchema() {}

  static ObjectNode schema() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("type", "object");
    status.put("description", "What the mesh made of the object.");
    ObjectNode properties = status.putObject("properties");
    conditions(properties.putObject("conditions"));
    generation(properties.putObject("observedGeneration"));
    status.put("x-kubernetes-preserve-unknown-fields", true);
    return status;
  }

  private static void conditions(ObjectNode conditions) {
    conditions.put("type", "array");
    // Each controller owns its conditions: server-side apply merges them by their type.
    conditions.put("x-kubernetes-list-type", "map");
    conditions.putArray("x-kubernetes-list-map-keys").add("type");
    ObjectNode condition = conditions.putObject("items");
    condition.put("type", "object");
    condition.putArray("required").add("type");
    ObjectNode properties = condition.putObject("properties");
    text(properties, "type", "What the condition is about.");
    text(properties, "status", "True, False or Unknown.");
    text(properties, "reason", "Why, in one word.");
    text(properties, "message", "Why, for people.");
    text(properties, "lastTransitionTime", "When status changed.").put("format", "date-time");
    text(properties, "lastProbeTime", "When it was looked at.").put("format", "date-time");
    generation(properties.putObject("observedGeneration"));
  }

  private static ObjectNode text(ObjectNode properties, String name, String description) {
    return properties.putObject(name).put("type", "string").put("description", description);
  }

  /** A 64-bit number, which protobuf's JSON writes as a text. */
  private static void generation(ObjectNode generation) {
    generation.put("description", "The generation of the object that this is about.");
    generation.put("x-kubernetes-int-or-string", true);
    generation.putArray("anyOf").addObject().put("type", "integer");
    generation.withArray("anyOf").addObject().put("type", "string");
  }
}
