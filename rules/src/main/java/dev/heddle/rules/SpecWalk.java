package dev.heddle.rules;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the set fields of a spec and collects what its annotations say of them. */
final class SpecWalk {

  /** A field and a sentence about it. */
  record Finding(List<Object> path, String message) {}

  /** A component of a record and what is written on it; to look that up is slow. */
  private record Field(String name, Method accessor, @Nullable String oneOf, boolean notYet) {

    static List<Field> of(Class<?> type) {
      return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
    }

    private static Field of(RecordComponent field) {
      OneOf oneOf = field.getAnnotation(OneOf.class);
      return new Field(
          field.getName(),
          field.getAccessor(),
          oneOf == null ? null : oneOf.value(),
          field.isAnnotationPresent(NotYet.class));
    }

    @Nullable Object read(Record object) {
      try {
        return accessor.invoke(object);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }

  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private final List<Finding> clashes = new ArrayList<>();
  private final List<Finding> notYet = new ArrayList<>();

  /** How many fields that are not honoured are around this one: the outermost is told. */
  private int muted;

  static SpecWalk through(Record spec) {
    SpecWalk walk = new SpecWalk();
    walk.visit(spec, List.of("spec"));
    return walk;
  }

  /** Oneofs of which two cases are set, and values that are none. */
  List<Finding> clashes() {
    return clashes;
  }

  /** Fields that are set but not honoured. */
  List<Finding> notYet() {
    return notYet;
  }

  private void visit(@Nullable Object value, List<Object> path) {
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
      case Map<?, ?> entries -> entries.forEach((key, item) -> visitEntry(item, with(path, key)));
      case Enum<?> constant -> visitConstant(constant, path);
      default -> {} // a plain value
    }
  }

  private void visitConstant(Enum<?> constant, List<Object> path) {
    try {
      if (muted == 0
          && constant
              .getDeclaringClass()
              .getField(constant.name())
              .isAnnotationPresent(NotYet.class)) {
        notYet.add(new Finding(path, constant.name() + " is not supported yet"));
      }
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e); // every constant is a field
    }
  }

  private void visitEntry(@Nullable Object item, List<Object> path) {
    if (item == null) {
      clashes.add(new Finding(path, "is empty (expected: a value)"));
    } else {
      visit(item, path);
    }
  }

  private void visitFields(Record object, List<Object> path) {
    Map<String, String> cases = new LinkedHashMap<>();
    for (Field field : fields.computeIfAbsent(object.getClass(), Field::of)) {
      Object value = field.read(object);
      if (unset(value) || (field.notYet() && empty(value))) {
        continue;
      }
      List<Object> here = with(path, field.name());
      String other = field.oneOf() == null ? null : cases.putIfAbsent(field.oneOf(), field.name());
      if (other != null) {
        clashes.add(new Finding(here, "excludes " + other + ", which is set too"));
      }
      if (field.notYet() && muted == 0) {
        notYet.add(new Finding(here, "is not supported yet"));
      }
      muted += field.notYet() ? 1 : 0;
      visit(value, here);
      muted -= field.notYet() ? 1 : 0;
    }
  }

  private static boolean unset(@Nullable Object value) {
    return value == null
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> entries && entries.isEmpty());
  }

  /** An object without fields asks for nothing. */
  private boolean empty(@Nullable Object value) {
    return value instanceof Record object
        && fields.computeIfAbsent(object.getClass(), Field::of).stream()
            .allMatch(field -> unset(field.read(object)));
  }

  private static List<Object> with(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
