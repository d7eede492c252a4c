package dev.heddle.agent.core.context;

import org.jspecify.annotations.Nullable;

/**
 * The context of the calling thread. Static, as threads are; it is in the isolated loader, so each
 * agent has its own. Never inheritable: threads of pools outlive the request that started them.
 */
public final class CurrentContext {

  private static final ThreadLocal<@Nullable RequestContext> CURRENT = new ThreadLocal<>();

  /** Until the first request comes no thread is asked, for asking leaves an entry in it. */
  private static volatile boolean everSet;

  private CurrentContext() {}

  /** The context, or null outside of requests. */
  public static @Nullable RequestContext get() {
    return everSet ? CURRENT.get() : null;
  }

  /** What a task started now is to carry: the context, or null if there is nothing in it. */
  public static @Nullable RequestContext toCarry() {
    RequestContext current = get();
    return current == null || current.isEmpty() ? null : current;
  }

  /** Makes it the thread's, null for none; the one before is returned, to be put back. */
  public static @Nullable RequestContext replace(@Nullable RequestContext next) {
    RequestContext previous = get();
    if (next == null) {
      if (previous != null) {
        CURRENT.remove();
      }
    } else if (next != previous) {
      everSet = true;
      CURRENT.set(next);
    }
    return previous;
  }
}
