package dev.heddle.rules.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How much there is of a value: characters of a text, items of a list, entries of a map. */
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.METHOD,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
public @interface Size {

  /** 0: no limit. */
  int min() default 0;

  /** {@link Integer#MAX_VALUE}: no limit. */
  int max() default Integer.MAX_VALUE;
}
