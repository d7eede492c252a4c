package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.InetSocketAddress;
import java.net.Proxy;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Answers the endpoint chosen where the client asks for the address to connect to. */
public final class AddressAdvice {

  private AddressAdvice() {}

  /** The endpoint, or null: the address is looked up. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.FieldValue("proxy") @Nullable Proxy proxy) {
    return proxy instanceof EndpointProxy ? ((EndpointProxy) proxy).endpoint() : null;
  }

  /** What getAddress returns then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(
      typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
  public static Object exit(
      @Advice.Enter Object endpoint, @Advice.Return InetSocketAddress returned) {
    return endpoint == null ? returned : endpoint;
  }
}
