package dev.heddle.agent.instrumentation.apachehttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Where the minimal client asks for a connection: an attempt's goes to its endpoint. */
public final class LeaseAdvice {

  private LeaseAdvice() {}

  /** The host to connect to. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static Object enter(@Advice.Argument(0) Object host) {
    return MinimalTargets.of(host);
  }
}
