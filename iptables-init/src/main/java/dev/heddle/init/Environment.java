package dev.heddle.init;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Each option with a value may be said in the environment: {@code HEDDLE_INIT_DAEMON=...}. */
final class Environment implements IDefaultValueProvider {

  private static final String PREFIX = "HEDDLE_INIT_";

  private final UnaryOperator<@Nullable String> variables;

  Environment(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /** An empty variable says nothing: that is what Kubernetes makes of an annotation not there. */
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.arity().max() == 0) {
      return null;
    }
    String name = option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    String value = variables.apply(PREFIX + name);
    return value == null || value.isBlank() ? null : value;
  }
}
