package dev.heddle.rules.crd;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import dev.heddle.rules.GoDuration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the types of components are that hold no fields of Istio's. */
final class Scalars {

  private Scalars() {}

  static boolean isScalar(Class<?> type) {
    return type == GoDuration.class || !(type.isRecord() || Iterable.class.isAssignableFrom(type));
  }

  /** Null for records, lists, and maps of what is known. */
  static @Nullable CustomDefinition definition(ResolvedType type) {
    ObjectNode schema = schema(type);
    return schema == null
        ? null
        : new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
  }

  private static @Nullable ObjectNode schema(ResolvedType type) {
    Class<?> raw = type.getErasedType();
    if (raw == String.class || raw == GoDuration.class) {
      return of("string");
    }
    if (raw == Boolean.class) {
      return of("boolean");
    }
    if (raw == Integer.class) {
      return of("integer").put("format", "int32");
    }
    if (raw == Long.class) {
      return of("integer");
    }
    if (raw == Double.class) {
      return of("number").put("format", "double");
    }
    if (raw.isEnum()) {
      return constants(raw);
    }
    return freeForm(type) ? of("object").put("x-kubernetes-preserve-unknown-fields", true) : null;
  }

  private static boolean freeForm(ResolvedType type) {
    return type.getErasedType() == Map.class
        && type.getTypeParameters().get(1).getErasedType() == Object.class;
  }

  private static ObjectNode constants(Class<?> type) {
    ObjectNode schema = of("string");
    for (Object constant : type.getEnumConstants()) {
      schema.withArray("enum").add(((Enum<?>) constant).name());
    }
    return schema;
  }

  private static ObjectNode of(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
