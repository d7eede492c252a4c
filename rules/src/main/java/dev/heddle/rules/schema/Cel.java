package dev.heddle.rules.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A rule in the Common Expression Language that holds for a value, which is {@code self} in it
 * ({@code x-kubernetes-validations}).
 */
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD,
  ElementType.TYPE,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Cel.All.class)
public @interface Cel {

  /** The expression: true for a value that is taken. */
  String rule();

  /** What the API server says of a value that is not. */
  String message();

  /** Several rules of one value. */
  @Target({
    ElementType.RECORD_COMPONENT,
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.METHOD,
    ElementType.TYPE,
    ElementType.TYPE_USE
  })
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /** In the order in which they are written. */
    Cel[] value();
  }
}
