package dev.heddle.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.ArrayList;
import java.util.List;

/** Turns a JSON tree into the record of a kind, as strictly as Istio's own parser does. */
final class SpecReader {

  /** A tree that is no such record: the path of the culprit and what is wrong. */
  static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;
    final transient List<Object> path;
    final String reason;

    Mismatch(List<Object> path, String message) {
      super(message);
      this.path = path;
      this.reason = message;
    }
  }

  private final ObjectMapper mapper = mapper();

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .annotationIntrospector(new BothNames())
            .build();
    // Quoted integers are integers to protobuf's JSON; nothing else changes its type.
    mapper
        .coercionConfigFor(LogicalType.Integer)
        .setCoercion(CoercionInputShape.String, CoercionAction.TryConvert);
    return mapper;
  }

  <T> T read(JsonNode tree, Class<T> type) throws Mismatch {
    try {
      T value = mapper.treeToValue(tree, type);
      if (value == null) {
        throw new Mismatch(List.of(), "is empty (expected: an object)");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw new Mismatch(path(e), "is not a field that Istio knows" + suggestion(e));
    } catch (JsonMappingException e) {
      throw new Mismatch(path(e), reason(e));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new Mismatch(List.of(), e.getOriginalMessage());
    }
  }

  private static String reason(JsonMappingException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message =
        cause instanceof JsonMappingException mapping
            ? mapping.getOriginalMessage()
            : String.valueOf(cause.getMessage());
    return message.replaceAll("`?dev\\.heddle\\.rules\\.(\\w+\\.)?|java\\.(lang|util)\\.|`", "");
  }

  private static String suggestion(UnrecognizedPropertyException e) {
    String best = null;
    int distance = 3; // more edits than this are another word
    for (Object known : e.getKnownPropertyIds()) {
      int edits = EditDistance.between(e.getPropertyName(), known.toString());
      if (edits <= distance) {
        distance = edits;
        best = known.toString();
      }
    }
    return best == null ? "" : "; did you mean " + best + "?";
  }

  private static List<Object> path(JsonMappingException e) {
    List<Object> path = new ArrayList<>();
    for (JsonMappingException.Reference step : e.getPath()) {
      path.add(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
    }
    return path;
  }

  /** Accepts lowerCamelCase and the protobuf name. */
  private static final class BothNames extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public List<PropertyName> findPropertyAliases(Annotated annotated) {
      String snake = SnakeCase.of(annotated.getName());
      return snake.equals(annotated.getName())
          ? super.findPropertyAliases(annotated)
          : List.of(PropertyName.construct(snake));
    }
  }
}
