package dev.heddle.rules;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a JSON tree into the record of a kind, as strictly as an API server with Istio's CRDs. */
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
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
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
      List<Object> path = path(e);
      throw new Mismatch(path, Expected.sentence(at(tree, path), target(e)));
    } catch (JacksonException e) {
      throw new Mismatch(List.of(), e.getOriginalMessage());
    }
  }

  /** What the value that does not fit should have been. */
  private static @Nullable Class<?> target(JsonMappingException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputCoercionException number) {
        return number.getTargetType();
      }
      if (cause instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
        return mismatch.getTargetType();
      }
    }
    return e instanceof ValueInstantiationException refused
        ? refused.getType().getRawClass()
        : null;
  }

  private static JsonNode at(JsonNode tree, List<Object> path) {
    JsonNode node = tree;
    for (Object step : path) {
      node = step instanceof Integer index ? node.path(index) : node.path(step.toString());
    }
    return node;
  }

  private static String suggestion(UnrecognizedPropertyException e) {
    String name = FieldName.plain(Excerpt.of(e.getPropertyName(), Excerpt.VALUE_CHARS));
    String best = null;
    int distance = 3; // more edits than this are another word
    for (Object known : e.getKnownPropertyIds()) {
      String other = FieldName.plain(known.toString());
      int edits = EditDistance.between(name, other);
      boolean alike = 2 * edits <= Math.max(name.length(), other.length()) + 1;
      if (alike && edits <= distance) {
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
      List<PropertyName> given = super.findPropertyAliases(annotated);
      if (given != null || !(annotated instanceof AnnotatedParameter parameter)) {
        return given;
      }
      RecordComponent[] fields = parameter.getDeclaringClass().getRecordComponents();
      return fields == null // a factory method, not a record
          ? given
          : List.of(
              PropertyName.construct(FieldName.snake(fields[parameter.getIndex()].getName())));
    }
  }
}
