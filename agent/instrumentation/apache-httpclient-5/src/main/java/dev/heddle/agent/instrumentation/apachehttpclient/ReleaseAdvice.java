package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import dev.heddle.agent.core.call.CallPipeline;
import dev.heddle.agent.core.call.ConnectionUse;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Where a pool takes a connection of the minimal client back: no longer than a rule lets it. */
public final class ReleaseAdvice {

  private ReleaseAdvice() {}

  /** How long the pool keeps it, null: as it was told. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 2, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.This Object pool,
      @Advice.Argument(0) Object leased,
      @Advice.Argument(2) Object keepAlive) {
    CallPipeline pipeline = Adapters.pipeline();
    ConnectionUse use = pipeline == null ? null : pipeline.connections().of(leased);
    if (use == null) {
      return null;
    }
    if (use.isSpent()) {
      ((AsyncConnectionEndpoint) leased).close(CloseMode.GRACEFUL);
      return null;
    }
    TimeValue idle = ConnectionLife.idle(use, (TimeValue) keepAlive);
    if (use.limitsIdle()) {
      Pools.sweep(pool, idle.toNanoseconds());
    }
    return idle;
  }
}
