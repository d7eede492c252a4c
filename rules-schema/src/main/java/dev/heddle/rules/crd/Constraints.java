package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.AnyDuration;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Form;
import dev.heddle.rules.schema.Format;
import dev.heddle.rules.schema.MapList;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import dev.heddle.rules.schema.Size;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes into a schema what annotations say of a value. */
final class Constraints {

  /** Of a protobuf uint32, which the records read as a Long. */
  private static final long MAX_UNSIGNED = 0xffff_ffffL;

  /** The annotation of this type on the value. */
  interface Annotations {
    <A extends Annotation> @Nullable A get(Class<A> type);
  }

  private Constraints() {}

  static void write(ObjectNode schema, Class<?> type, Annotations on) {
    Description description = on.get(Description.class);
    if (description != null) {
      schema.put("description", description.value());
    }
    if (on.get(NullTaken.class) != null) {
      schema.put("nullable", true);
    }
    range(schema, type, on.get(Range.class));
    size(schema, type, on.get(Size.class));
    text(schema, on);
    MapList list = on.get(MapList.class);
    if (list != null) {
      schema.put("x-kubernetes-list-type", "map");
      schema.putArray("x-kubernetes-list-map-keys").add(list.value());
    }
    if (type == GoDuration.class && on.get(AnyDuration.class) == null) {
      rule(schema, "duration(self) >= duration('1ms')", "must be a duration of at least 1ms");
    }
    rules(schema, on);
  }

  private static void text(ObjectNode schema, Annotations on) {
    Form form = on.get(Form.class);
    if (form != null) {
      schema.put("pattern", form.value());
    }
    Format format = on.get(Format.class);
    if (format != null) {
      schema.put("format", format.value());
    }
  }

  static void rules(ObjectNode schema, Annotations on) {
    Cel one = on.get(Cel.class);
    if (one != null) {
      rule(schema, one.rule(), one.message());
    }
    Cel.All several = on.get(Cel.All.class);
    for (Cel cel : several == null ? new Cel[0] : several.value()) {
      rule(schema, cel.rule(), cel.message());
    }
  }

  private static void rule(ObjectNode schema, String rule, String message) {
    schema
        .withArray("x-kubernetes-validations")
        .addObject()
        .put("message", message)
        .put("rule", rule);
  }

  private static void range(ObjectNode schema, Class<?> type, @Nullable Range range) {
    if (range == null) {
      if (type == Long.class) {
        schema.put("minimum", 0).put("maximum", MAX_UNSIGNED);
      }
      return;
    }
    if (range.min() != Long.MIN_VALUE) {
      schema.put("minimum", range.min());
    }
    if (range.max() != Long.MAX_VALUE) {
      schema.put("maximum", range.max());
    }
  }

  private static void size(ObjectNode schema, Class<?> type, @Nullable Size size) {
    if (size == null) {
      return;
    }
    String unit =
        List.class.isAssignableFrom(type)
            ? "Items"
            : Map.class.isAssignableFrom(type) ? "Properties" : "Length";
    if (size.min() > 0) {
      schema.put("min" + unit, size.min());
    }
    if (size.max() != Integer.MAX_VALUE) {
      schema.put("max" + unit, size.max());
    }
  }
}
