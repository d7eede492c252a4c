package dev.heddle.agent.core.context;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a stage of a CompletableFuture does, with its context; the future drops it behind it. */
final class CarriedStage {

  private static final Class<?>[] KINDS = {
    Function.class,
    BiFunction.class,
    Consumer.class,
    BiConsumer.class,
    Supplier.class,
    Runnable.class
  };

  private CarriedStage() {}

  /** The same work in the context, or null for work that could be of two kinds. */
  static @Nullable Object of(Object work, RequestContext context) {
    Class<?> only = null;
    for (Class<?> kind : KINDS) {
      if (kind.isInstance(work)) {
        if (only != null) {
          return null;
        }
        only = kind;
      }
    }
    return only == null ? null : of(only, work, context);
  }

  @SuppressWarnings("unchecked") // the kind was asked for
  private static Object of(Class<?> kind, Object work, RequestContext context) {
    if (kind == Runnable.class) {
      return new CarriedTask((Runnable) work, context);
    } else if (kind == Function.class) {
      return function((Function<Object, Object>) work, context);
    } else if (kind == BiFunction.class) {
      return function((BiFunction<Object, Object, Object>) work, context);
    } else if (kind == Consumer.class) {
      return consumer((Consumer<Object>) work, context);
    } else if (kind == BiConsumer.class) {
      return consumer((BiConsumer<Object, Object>) work, context);
    }
    return supplier((Supplier<Object>) work, context);
  }

  private static Function<Object, Object> function(
      Function<Object, Object> work, RequestContext context) {
    return value -> {
      RequestContext previous = CurrentContext.replace(context);
      try {
        return work.apply(value);
      } finally {
        CurrentContext.replace(previous);
      }
    };
  }

  private static BiFunction<Object, Object, Object> function(
      BiFunction<Object, Object, Object> work, RequestContext context) {
    return (value, other) -> {
      RequestContext previous = CurrentContext.replace(context);
      try {
        return work.apply(value, other);
      } finally {
        CurrentContext.replace(previous);
      }
    };
  }

  private static Consumer<Object> consumer(Consumer<Object> work, RequestContext context) {
    return value -> {
      RequestContext previous = CurrentContext.replace(context);
      try {
        work.accept(value);
      } finally {
        CurrentContext.replace(previous);
      }
    };
  }

  private static BiConsumer<Object, Object> consumer(
      BiConsumer<Object, Object> work, RequestContext context) {
    return (value, other) -> {
      RequestContext previous = CurrentContext.replace(context);
      try {
        work.accept(value, other);
      } finally {
        CurrentContext.replace(previous);
      }
    };
  }

  private static Supplier<Object> supplier(Supplier<Object> work, RequestContext context) {
    return () -> {
      RequestContext previous = CurrentContext.replace(context);
      try {
        return work.get();
      } finally {
        CurrentContext.replace(previous);
      }
    };
  }
}
