package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.OneOf;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of the cases of a oneof at most one: exactly one of "none" and each case. */
final class OneOfs {

  private OneOfs() {}

  static void write(ObjectNode schema, Class<?> type) {
    Map<String, List<String>> oneOfs = new LinkedHashMap<>();
    for (RecordComponent field : type.getRecordComponents()) {
      OneOf oneOf = field.getAnnotation(OneOf.class);
      if (oneOf != null) {
        oneOfs.computeIfAbsent(oneOf.value(), name -> new ArrayList<>()).add(field.getName());
      }
    }
    if (oneOfs.size() == 1) {
      oneOfs.values().forEach(cases -> write(schema.putArray("oneOf"), cases));
    } else if (oneOfs.size() > 1) {
      ArrayNode all = schema.putArray("allOf");
      oneOfs.values().forEach(cases -> write(all.addObject().putArray("oneOf"), cases));
    }
  }

  private static void write(ArrayNode oneOf, List<String> cases) {
    ArrayNode any = oneOf.addObject().putObject("not").putArray("anyOf");
    for (String name : cases) {
      any.addObject().putArray("required").add(name);
      oneOf.addObject().putArray("required").add(name);
    }
  }
}
