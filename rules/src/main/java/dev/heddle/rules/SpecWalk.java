package dev.heddle.rules;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the set fields of a spec and collects what its annotations say of them. */
final class SpecWalk {

  /** A field and a sentence about it. */
  record Finding(List<Object> path, String message) {}

  private final List<Finding> clashes = new ArrayList<>();
  private final List<Finding> notYet = new ArrayList<>();

  static SpecWalk through(Record spec) {
    SpecWalk walk = new SpecWalk();
    walk.visit(spec, List.of("spec"));
    return walk;
  }

  /** Oneofs of which two cases are set. */
  List<Finding> clashes() {
    return clashes;
  }

  /** Fields that are set but not honoured. */
  List<Finding> notYet() {
    return notYet;
  }

  private void visit(Object value, List<Object> path) {
    if (value == null) {
      return;
    }
    switch (value) {
      case Record object -> visitFields(object, path);
      case Collection<?> items -> {
        int index = 0;
        for (Object item : items) {
          visit(item, with(path, index++));
        }
      }
      case Map<?, ?> entries -> entries.forEach((key, item) -> visit(item, with(path, key)));
      case Enum<?> constant -> visitConstant(constant, path);
      default -> {} // a plain value
    }
  }

  private void visitConstant(Enum<?> constant, List<Object> path) {
    try {
      if (constant
          .getDeclaringClass()
          .getField(constant.name())
          .isAnnotationPresent(NotYet.class)) {
        notYet.add(new Finding(path, constant.name() + " is not supported yet"));
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e); // every constant is a field
    }
  }

  private void visitFields(Record object, List<Object> path) {
    Map<String, String> cases = new LinkedHashMap<>();
    for (RecordComponent field : object.getClass().getRecordComponents()) {
      Object value = read(field, object);
      if (unset(value)) {
        continue;
      }
      List<Object> here = with(path, field.getName());
      if (field.isAnnotationPresent(NotYet.class)) {
        notYet.add(new Finding(here, "is not supported yet"));
      }
      String other = caseOf(field, cases);
      if (other != null) {
        clashes.add(new Finding(here, "excludes " + other + ", which is set too"));
      }
      visit(value, here);
    }
  }

  private static @Nullable String caseOf(AnnotatedElement field, Map<String, String> cases) {
    OneOf oneOf = field.getAnnotation(OneOf.class);
    return oneOf == null
        ? null
        : cases.putIfAbsent(oneOf.value(), ((RecordComponent) field).getName());
  }

  private static boolean unset(Object value) {
    return value == null
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> entries && entries.isEmpty());
  }

  private static Object read(RecordComponent field, Record object) {
    try {
      return field.getAccessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  private static List<Object> with(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
