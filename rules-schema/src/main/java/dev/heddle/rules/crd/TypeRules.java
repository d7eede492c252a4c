package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.schema.SnakeCaseToo;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** Completes a schema by what is said of types: of records, of a list's items, a map's values. */
final class TypeRules {

  private TypeRules() {}

  static void write(JsonNode schema, Class<?> type) {
    if (!type.isRecord() || Scalars.isScalar(type)) {
      return;
    }
    OneOfs.write((ObjectNode) schema, type);
    Constraints.rules((ObjectNode) schema, type::getAnnotation);
    ObjectNode properties = (ObjectNode) schema.path("properties");
    for (RecordComponent field : type.getRecordComponents()) {
      value(properties.path(field.getName()), field.getAnnotatedType());
      if (field.isAnnotationPresent(SnakeCaseToo.class)) {
        String other = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        properties.set(other, properties.path(field.getName()).deepCopy());
      }
    }
  }

  private static void value(JsonNode schema, AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      AnnotatedType element = arguments[arguments.length - 1];
      String name = schema.has("items") ? "items" : "additionalProperties";
      ObjectNode elements = (ObjectNode) schema.path(name);
      Constraints.write(elements, (Class<?>) element.getType(), element::getAnnotation);
      value(elements, element);
    } else {
      write(schema, (Class<?>) type.getType());
    }
  }
}
