package dev.heddle.agent.instrumentation.jetty;

import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request is judged before the first handler sees it. */
public final class GateAdvice {

  private static final int REFUSAL = 1;

  private GateAdvice() {}

  /**
   * The request that goes on, and the refusal that was answered, for then nothing is handled; null:
   * nothing is judged.
   */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      skipOnIndex = REFUSAL,
      suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 0,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object @Nullable [] enter(
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object response,
      @Advice.Argument(2) Object callback) {
    return InboundGate.isOpen()
        ? new Object[] {request, null}
        : JettyGate.judged((Request) request, (Response) response, (Callback) callback);
  }

  /** A request that was refused is handled. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static boolean exit(
      @Advice.Enter @Nullable Object @Nullable [] entered, @Advice.Return boolean handled) {
    return handled || (entered != null && entered[REFUSAL] != null);
  }
}
