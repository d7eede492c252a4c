package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import java.lang.reflect.Field;
import java.util.Optional;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.pool.PoolStats;

/** The client's pools, which look for connections that expired only when one is asked for. */
final class Pools {

  /** In the client's own runtimes, both of them. */
  private static final String MANAGER = "manager";

  /** Empty where no field can be read. */
  private static final ClassValue<Optional<Field>> FIELD =
      new ClassValue<Optional<Field>>() {
        @Override
        protected Optional<Field> computeValue(Class<?> runtime) {
          try {
            Field field = runtime.getDeclaredField(MANAGER);
            field.setAccessible(true);
            return Optional.of(field);
          } catch (NoSuchFieldException | RuntimeException e) { // not the client's own, or closed
            return Optional.empty();
          }
        }
      };

  private Pools() {}

  /** The pool of a runtime shall keep a connection that may be idle so long. */
  static void sweepThatOf(Object runtime, long idleNanos) {
    Optional<Field> manager = FIELD.get(runtime.getClass());
    if (manager.isPresent()) {
      try {
        sweep(manager.get().get(runtime), idleNanos);
      } catch (IllegalAccessException e) {
        Adapters.failed(e);
      }
    }
  }

  /** A pool shall keep a connection that may be idle so long. */
  static void sweep(Object manager, long idleNanos) {
    CallPipeline pipeline = Adapters.pipeline();
    if (pipeline != null && manager instanceof ConnPoolControl) {
      pipeline.sweeps().keeps((ConnPoolControl<?>) manager, idleNanos, Pools::closeExpired);
    }
  }

  private static boolean closeExpired(ConnPoolControl<?> pool) {
    pool.closeExpired();
    PoolStats connections = pool.getTotalStats();
    return connections.getAvailable() + connections.getLeased() > 0;
  }
}
