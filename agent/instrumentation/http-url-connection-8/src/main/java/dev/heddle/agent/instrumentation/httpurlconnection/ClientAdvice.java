package dev.heddle.agent.instrumentation.httpurlconnection;

import java.net.MalformedURLException;
import java.net.URL;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Sends an attempt's socket to its endpoint; keep-alive is then kept per endpoint too. */
public final class ClientAdvice {

  private ClientAdvice() {}

  /** The URL to connect to. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static URL enter(@Advice.This Object connection, @Advice.Argument(0) URL url)
      throws MalformedURLException {
    return Attempts.target(connection, url);
  }
}
