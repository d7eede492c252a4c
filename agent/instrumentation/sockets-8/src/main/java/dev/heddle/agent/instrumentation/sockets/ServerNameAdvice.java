package dev.heddle.agent.instrumentation.sockets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.asm.Advice;

/** JSSE parses the server name of a ClientHello. */
public final class ServerNameAdvice {

  private ServerNameAdvice() {}

  /** Of the list's length (2), the type (1) and the name's length (2): RFC 6066 3. */
  private static final int HEADER = 5;

  private static final byte[] ISTIO = "outbound_.".getBytes(StandardCharsets.US_ASCII);

  /** Istio's form has underscores, which JSSE refuses; it is read by ourselves. */
  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(@Advice.Argument(2) ByteBuffer extension) {
    if (extension.remaining() < HEADER + ISTIO.length) {
      return false;
    }
    for (int i = 0; i < ISTIO.length; i++) {
      if (extension.get(extension.position() + HEADER + i) != ISTIO[i]) {
        return false;
      }
    }
    return true;
  }
}
