package dev.heddle.init.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Locale;

/**
 * System calls by number, through libc's {@code syscall(2)}: linking a shape costs 10 to 20 ms of
 * CPU at start, and this one shape serves all.
 */
enum SystemCall {
  WRITE(1, 64),
  CLOSE(3, 57),
  IOCTL(16, 29),
  SOCKET(41, 198),
  CONNECT(42, 203),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  SENDMSG(46, 211),
  RECVMSG(47, 212),
  BIND(49, 200),
  LISTEN(50, 201),
  SETSOCKOPT(54, 208),
  GETSOCKOPT(55, 209),
  OPENAT(257, 56),
  ACCEPT4(288, 242),
  SETNS(308, 268);

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL = link();
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /**
   * Calls with up to five arguments, numbers or addresses, and again when a signal came between.
   *
   * @return what the kernel returned, never negative
   */
  long call(long... arguments) throws ErrnoException {
    long[] all = Arrays.copyOf(arguments, 6);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      while (true) {
        long result = invoke(state, ARM ? arm : x86, all);
        if (result >= 0) {
          return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        if (errno != ErrnoException.EINTR) {
          throw new ErrnoException(name().toLowerCase(Locale.ROOT), errno);
        }
      }
    }
  }

  private static long invoke(MemorySegment state, long number, long[] all) {
    try {
      return (long)
          SYSCALL.invokeExact(state, number, all[0], all[1], all[2], all[3], all[4], all[5]);
    } catch (Throwable e) {
      throw new AssertionError("a call into libc threw", e);
    }
  }

  @SuppressWarnings("restricted") // the jar's manifest enables native access
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    MemoryLayout[] seven = new MemoryLayout[7];
    Arrays.fill(seven, JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(JAVA_LONG, seven),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }
}
