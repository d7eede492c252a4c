package dev.heddle.rules.security;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code security Condition}. */
public record AccessCondition(
    @Required @Description("An attribute, like request.headers[x-user].") @Nullable String key,
    @Description("Values, one of which it must have.") List<String> values,
    @Description("Values, none of which it may have.") List<String> notValues) {
  /** Absent lists are empty ones. */
  public AccessCondition {
    values = values == null ? List.of() : List.copyOf(values);
    notValues = notValues == null ? List.of() : List.copyOf(notValues);
  }
}
