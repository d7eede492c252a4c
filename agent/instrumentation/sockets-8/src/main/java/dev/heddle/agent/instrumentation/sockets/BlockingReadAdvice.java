package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A socket adaptor or a stream reads from a blocking channel. */
public final class BlockingReadAdvice {

  private BlockingReadAdvice() {}

  /** What the connection did instead; 0: nothing, the channel goes on by itself. */
  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static int enter(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Argument(0) byte[] bytes,
      @Advice.Argument(1) int offset,
      @Advice.Argument(2) int length,
      @Advice.Argument(3) long nanos)
      throws IOException {
    return attached == null ? 0 : ((ManagedChannel) attached).read(bytes, offset, length, nanos);
  }

  /** Its result, as the method returns it. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned
  public static int exit(@Advice.Enter int done, @Advice.Return int returned) {
    return done == 0 ? returned : ManagedChannel.result(done);
  }
}
