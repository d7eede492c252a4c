package dev.heddle.agent.core.call;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What adapters keep from call to call. It hangs on the adapter's class, which is defined once for
 * each loader of its library: when an app is undeployed it goes with it.
 */
final class Kept {

  private final ClassValue<AtomicReference<@Nullable Object>> byType =
      new ClassValue<AtomicReference<@Nullable Object>>() {
        @Override
        protected AtomicReference<@Nullable Object> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  <T> T get(Class<T> type, Supplier<T> make) {
    AtomicReference<@Nullable Object> place = byType.get(type);
    Object known = place.get();
    if (known == null) {
      place.compareAndSet(null, make.get());
      known = Objects.requireNonNull(place.get());
    }
    return Objects.requireNonNull(type.cast(known));
  }
}
