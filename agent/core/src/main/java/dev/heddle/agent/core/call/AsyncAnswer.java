package dev.heddle.agent.core.call;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for the end of a call.
 *
 * @param <R> the library's response
 */
public interface AsyncAnswer<R> {

  /** Told once, on a thread where the app's code may run; a failure, or else the response. */
  void over(@Nullable R response, @Nullable Throwable failure);
}
