package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Connects the app's own https to an endpoint of its host; what is said there stays the app's. */
public final class HttpsConnectAdvice {

  private HttpsConnectAdvice() {}

  /** {socket, exception}, or null: the connection goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object @Nullable [] enter(
      @Advice.This Object client, @Advice.Argument(0) String server, @Advice.Argument(1) int port) {
    try {
      return HttpsConnections.connect(client, server, port);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What doConnect returns or throws then. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static Object @Nullable [] exit(@Advice.Enter Object @Nullable [] managed) {
    return managed;
  }
}
