package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import net.bytebuddy.asm.Advice;

/** A file is sent by the kernel. */
public final class TransferAdvice {

  private TransferAdvice() {}

  /** IOStatus.UNSUPPORTED_CASE: the JDK reads the file and writes it to the channel. */
  private static final long UNSUPPORTED_CASE = -6;

  /** 0: it may be; else what the method returns instead. */
  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static long enter(@Advice.Argument(2) Object target) {
    return ManagedChannel.encrypts(target) ? UNSUPPORTED_CASE : 0;
  }

  /** The answer where it was skipped. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned
  public static long exit(@Advice.Enter long instead, @Advice.Return long returned) {
    return instead == 0 ? returned : instead;
  }
}
