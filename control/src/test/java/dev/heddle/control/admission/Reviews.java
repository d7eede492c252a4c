package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.Parsed;
import dev.heddle.rules.RuleParser;
import java.util.List;

/** AdmissionReviews as an API server sends them. */
final class Reviews {

  static final AdmissionEvents UNCOUNTED =
      new AdmissionEvents() {
        @Override
        public void pod(String mode) {}

        @Override
        public void rule(boolean allowed) {}

        @Override
        public void failed() {}

        @Override
        public void took(double seconds) {}
      };

  private Reviews() {}

  static ObjectNode review(String operation, ObjectNode object) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request");
    request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002").put("operation", operation);
    request.put("namespace", object.at("/metadata/namespace").asText());
    request.set("object", object);
    return review;
  }

  static AdmissionRequest update(ObjectNode before, ObjectNode now) {
    return new AdmissionRequest("1", "UPDATE", now.at("/metadata/namespace").asText(), now, before);
  }

  static AdmissionRequest create(ObjectNode object) {
    return new AdmissionRequest(
        "1",
        "CREATE",
        object.at("/metadata/namespace").asText(),
        object,
        JsonNodeFactory.instance.objectNode());
  }

  /** A tree of a kind that the parser does not know, made one that it does. */
  static ObjectNode object(String apiVersion, String kind, String rest) {
    List<Parsed> parsed = new RuleParser().parse("apiVersion: v1\nkind: Any\n" + rest);
    ObjectNode tree = (ObjectNode) ((Parsed.Foreign) parsed.getFirst()).tree();
    return tree.put("apiVersion", apiVersion).put("kind", kind);
  }
}
