package dev.heddle.agent.instrumentation.apachehttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Where the minimal client asks for a connection: an attempt's goes to its endpoint. */
public final class LeaseAdvice {

  private LeaseAdvice() {}

  /** {the host to connect to, who hears of the connection}, or null: the client's own affair. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments({
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 0,
        index = 0,
        typing = Assigner.Typing.DYNAMIC),
    @Advice.AssignReturned.ToArguments.ToArgument(
        value = 4,
        index = 1,
        typing = Assigner.Typing.DYNAMIC)
  })
  public static Object @Nullable [] enter(@Advice.Argument(4) Object callback) {
    return MinimalTargets.of(callback);
  }
}
