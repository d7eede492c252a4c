package dev.heddle.agent.core.context;

import org.jspecify.annotations.Nullable;

/**
 * Work that runs later in the context of the request that handed it over. It runs once and holds
 * the context no longer, however long somebody keeps the future of it.
 */
abstract class Carried {

  private final Object work;
  private @Nullable RequestContext context;

  Carried(Object work, RequestContext context) {
    this.work = work;
    this.context = context;
  }

  /** The context, for the first and last time. */
  final @Nullable RequestContext take() {
    RequestContext taken = context;
    context = null;
    return taken;
  }

  /** As the work itself: futures show their task. */
  @Override
  public final String toString() {
    return work.toString();
  }
}
