package dev.heddle.control.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;

/** AdmissionReview of admission.k8s.io/v1, read and written. */
final class ReviewFormat {

  static final String API_VERSION = "admission.k8s.io/v1";
  static final String KIND = "AdmissionReview";

  /** Deeper than any object of Kubernetes but for schemas of CustomResourceDefinitions. */
  private static final int MAX_DEPTH = 200;

  /** What a request that is none is answered with. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final ObjectMapper json = mapper();

  /** A text that may be anything: a missing node where it is no JSON. */
  static JsonNode treeOrMissing(String text) {
    try {
      return mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = JsonMapper.builder().build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  AdmissionRequest read(byte[] body) throws Malformed {
    JsonNode review = tree(body);
    String type = review.path("apiVersion").asText() + "/" + review.path("kind").asText();
    if (!type.equals(API_VERSION + "/" + KIND)) {
      throw new Malformed("it is " + type + " (expected: " + API_VERSION + "/" + KIND + ")");
    }
    JsonNode request = review.path("request");
    if (request.path("uid").asText().isEmpty()) {
      throw new Malformed("request.uid is absent (expected: the id that the answer carries)");
    }
    return new AdmissionRequest(
        request.path("uid").asText(),
        request.path("operation").asText(),
        request.path("namespace").asText(),
        object(request.path("object")),
        object(request.path("oldObject")));
  }

  private JsonNode tree(byte[] body) throws Malformed {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new Malformed("it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Malformed("it cannot be read: " + e.getMessage());
    }
  }

  private ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : json.createObjectNode();
  }

  byte[] write(AdmissionRequest request, AdmissionAnswer answer) throws JsonProcessingException {
    ObjectNode review = json.createObjectNode().put("apiVersion", API_VERSION).put("kind", KIND);
    ObjectNode response = review.putObject("response");
    response.put("uid", request.uid()).put("allowed", answer.allowed());
    if (!answer.allowed()) {
      // 422 Unprocessable Entity is what the API server itself says of an object's fields.
      response.putObject("status").put("code", 422).put("message", answer.message());
    }
    if (!answer.warnings().isEmpty()) {
      ArrayNode warnings = response.putArray("warnings");
      answer.warnings().forEach(warnings::add);
    }
    if (!answer.patch().isEmpty()) {
      response.put("patchType", "JSONPatch");
      response.put(
          "patch", Base64.getEncoder().encodeToString(json.writeValueAsBytes(answer.patch())));
    }
    return json.writeValueAsBytes(review);
  }
}
