package dev.heddle.agent.instrumentation.javahttpclient;

import java.net.http.HttpHeaders;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Where a connection that has carried its last request is closed, as one that the server ended. */
public final class GiveBackAdvice {

  private GiveBackAdvice() {}

  /** {the headers of the response}; null in it closes. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 0,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static Object[] enter(
      @Advice.This Object connection, @Advice.Argument(0) @Nullable HttpHeaders headers) {
    return new Object[] {PooledConnections.kept(connection, headers)};
  }
}
