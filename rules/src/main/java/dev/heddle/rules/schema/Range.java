package dev.heddle.rules.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least and the greatest number that is taken, both included. */
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {

  /** {@link Long#MIN_VALUE}: no limit. */
  long min() default Long.MIN_VALUE;

  /** {@link Long#MAX_VALUE}: no limit. */
  long max() default Long.MAX_VALUE;
}
