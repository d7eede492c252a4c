package dev.heddle.agent.instrumentation.javahttpclient;

import java.time.Duration;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Where the client asks how long it may go on connecting: an attempt has its cluster's limit. */
public final class ConnectTimeAdvice {

  private ConnectTimeAdvice() {}

  /** The shorter of both limits. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static Object exit(
      @Advice.FieldValue("request") Object copy, @Advice.Return Optional<Duration> app) {
    EndpointProxy attempt = EndpointProxy.of(copy);
    Duration limit = attempt == null ? null : attempt.connectLimit();
    return limit == null || app.filter(own -> own.compareTo(limit) <= 0).isPresent()
        ? app
        : Optional.of(limit);
  }
}
