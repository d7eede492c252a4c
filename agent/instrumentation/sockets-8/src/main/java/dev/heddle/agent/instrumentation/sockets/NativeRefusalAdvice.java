package dev.heddle.agent.instrumentation.sockets;

import net.bytebuddy.asm.Advice;

/** An app insists on a native transport whose sockets have no place for a hook. */
public final class NativeRefusalAdvice {

  private NativeRefusalAdvice() {}

  /** As on a system that has none. */
  @Advice.OnMethodEnter(inline = false)
  @SuppressWarnings("DoNotCallSuggester") // woven classes call it
  public static void enter() {
    throw new UnsatisfiedLinkError(
        "io_uring passes by mesh TLS, so it is not available to this workload"
            + " (expected: epoll for plaintext peers alone, or NIO)");
  }
}
