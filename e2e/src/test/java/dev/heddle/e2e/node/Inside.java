package dev.heddle.e2e.node;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Work of the test itself inside a network namespace: sockets that it makes, and threads that it
 * starts, are there. It must start no virtual thread, whose carrier would stay there with others.
 */
final class Inside {

  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private Inside() {}

  /** Does it on a thread of its own, which ends there. */
  static <T> T call(String netns, Callable<T> work) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter(netns);
              return work.call();
            });
    Thread.ofPlatform().name("inside " + netns).start(task);
    return task.get();
  }

  @SuppressWarnings("restricted") // the test JVM is started with native access
  private static void enter(String netns) throws Exception {
    Linker linker = Linker.nativeLinker();
    MethodHandle open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    MethodHandle setns =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setns"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    MethodHandle close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int number = (int) open.invoke(arena.allocateFrom("/run/netns/" + netns), O_RDONLY_CLOEXEC);
      int refused = (int) setns.invoke(number, CLONE_NEWNET);
      int unused = (int) close.invoke(number);
      if (number < 0 || refused != 0) {
        throw new IOException("no way into " + netns + " (expected: a name that ip netns lists)");
      }
    } catch (Throwable e) {
      throw e instanceof Exception known ? known : new IllegalStateException(e);
    }
  }
}
