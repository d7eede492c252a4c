package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.Proxy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Tells the client's own copy of an attempt's request which endpoint it goes to. */
public final class RequestAdvice {

  private RequestAdvice() {}

  /** What the copy has for a proxy, behind the constructor; null: what it has already. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToFields(
      @Advice.AssignReturned.ToFields.ToField(value = "proxy", typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object exit(
      @Advice.Argument(0) Object request, @Advice.FieldValue("proxy") @Nullable Proxy proxy) {
    boolean through = proxy != null && proxy.type() == Proxy.Type.HTTP; // goes where that says
    return through || !(request instanceof AttemptRequest)
        ? null
        : ((AttemptRequest) request).endpoint();
  }
}
