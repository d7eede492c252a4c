package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where an asynchronous channel asks the kernel: its calls of IOUtil and Port. What stands around
 * them (one operation at a time, time-outs, cancelling, who calls handlers) stays as it is.
 */
public final class AsyncCalls {

  private AsyncCalls() {}

  /** IOUtil.read. */
  public static int read(
      FileDescriptor fd, ByteBuffer into, long position, boolean async, Object nd, Object channel)
      throws IOException {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    long count = managed == null ? ManagedAsyncChannel.PASS : managed.read(into);
    return count == ManagedAsyncChannel.PASS
        ? SunAsyncChannels.read(fd, into, async, nd)
        : (int) count;
  }

  /** IOUtil.read. */
  public static long read(
      FileDescriptor fd, ByteBuffer[] into, boolean async, Object nd, Object channel)
      throws IOException {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    long count = managed == null ? ManagedAsyncChannel.PASS : managed.read(into);
    return count == ManagedAsyncChannel.PASS ? SunAsyncChannels.read(fd, into, async, nd) : count;
  }

  /** IOUtil.write. */
  public static int write(
      FileDescriptor fd, ByteBuffer from, long position, boolean async, Object nd, Object channel)
      throws IOException {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    long count = managed == null ? ManagedAsyncChannel.PASS : managed.write(from);
    return count == ManagedAsyncChannel.PASS
        ? SunAsyncChannels.write(fd, from, async, nd)
        : (int) count;
  }

  /** IOUtil.write. */
  public static long write(
      FileDescriptor fd, ByteBuffer[] from, boolean async, Object nd, Object channel)
      throws IOException {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    long count = managed == null ? ManagedAsyncChannel.PASS : managed.write(from);
    return count == ManagedAsyncChannel.PASS ? SunAsyncChannels.write(fd, from, async, nd) : count;
  }

  /** Port.startPoll. */
  public static void startPoll(Object port, int fd, int events, Object channel) {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    int interest = managed == null ? events : managed.interest(events);
    if (interest != 0) {
      SunAsyncChannels.startPoll(port, fd, interest);
    }
  }
}
