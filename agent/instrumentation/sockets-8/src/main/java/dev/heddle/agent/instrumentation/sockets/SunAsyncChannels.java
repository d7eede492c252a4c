package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.AsyncInternals;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Objects;

/** What sun.nio.ch does with such a channel, in the shape that Java 17 and later have. */
final class SunAsyncChannels implements AsyncInternals {

  private static final SunAsyncChannels INTERNALS = new SunAsyncChannels();

  /** Where in a file; sockets have no such thing. */
  private static final long NOWHERE = -1;

  private final MethodHandle read;
  private final MethodHandle write;
  private final MethodHandle readAll;
  private final MethodHandle writeAll;
  private final MethodHandle startPoll;
  private final MethodHandle begin;
  private final MethodHandle end;
  private final MethodHandle finish;
  private final MethodHandle descriptor;
  private final Object dispatcher;

  private SunAsyncChannels() {
    try {
      Class<?> util = SunChannels.named("IOUtil");
      Class<?> nd = SunChannels.named("NativeDispatcher");
      Class<?> base = SunChannels.named("AsynchronousSocketChannelImpl");
      Class<?> unix = SunChannels.named("UnixAsynchronousSocketChannelImpl");
      Class<?>[] one = {FileDescriptor.class, ByteBuffer.class, long.class, boolean.class, nd};
      Class<?>[] several = {FileDescriptor.class, ByteBuffer[].class, boolean.class, nd};
      read = method(util, "read", one);
      write = method(util, "write", one);
      readAll = method(util, "read", several);
      writeAll = method(util, "write", several);
      startPoll = method(SunChannels.named("Port"), "startPoll", int.class, int.class);
      begin = method(base, "begin");
      end = method(base, "end");
      finish = method(unix, "finish", boolean.class, boolean.class, boolean.class);
      descriptor = MethodHandles.lookup().unreflectGetter(field(base, "fd"));
      dispatcher = Objects.requireNonNull(field(unix, "nd").get(null), "nd");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("asynchronous channels of another shape: " + e, e);
    }
  }

  static AsyncInternals internals() {
    return INTERNALS;
  }

  /** The same with any type instead of those that only the JDK sees. */
  private static MethodHandle method(Class<?> type, String name, Class<?>... arguments)
      throws ReflectiveOperationException {
    Method method = type.getDeclaredMethod(name, arguments);
    method.setAccessible(true);
    MethodHandle exact = MethodHandles.lookup().unreflect(method);
    MethodType seen = exact.type();
    for (int i = 0; i < seen.parameterCount(); i++) {
      if (seen.parameterType(i).getName().startsWith("sun.")) {
        seen = seen.changeParameterType(i, Object.class);
      }
    }
    return exact.asType(seen);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T io(Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  static int read(FileDescriptor fd, ByteBuffer into, boolean async, Object nd) throws IOException {
    return io(() -> (int) INTERNALS.read.invokeExact(fd, into, NOWHERE, async, nd));
  }

  static int write(FileDescriptor fd, ByteBuffer from, boolean async, Object nd)
      throws IOException {
    return io(() -> (int) INTERNALS.write.invokeExact(fd, from, NOWHERE, async, nd));
  }

  static long read(FileDescriptor fd, ByteBuffer[] into, boolean async, Object nd)
      throws IOException {
    return io(() -> (long) INTERNALS.readAll.invokeExact(fd, into, async, nd));
  }

  static long write(FileDescriptor fd, ByteBuffer[] from, boolean async, Object nd)
      throws IOException {
    return io(() -> (long) INTERNALS.writeAll.invokeExact(fd, from, async, nd));
  }

  static void startPoll(Object port, int fd, int events) {
    try {
      INTERNALS.startPoll.invokeExact(port, fd, events);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int whileOpen(AsynchronousSocketChannel channel, Call<Integer> call) throws IOException {
    return io(
        () -> {
          begin.invoke(channel);
          try {
            return call.run();
          } finally {
            end.invoke(channel);
          }
        });
  }

  private FileDescriptor descriptor(AsynchronousSocketChannel channel) throws Throwable {
    return (FileDescriptor) descriptor.invoke(channel);
  }

  @Override
  public int read(AsynchronousSocketChannel channel, ByteBuffer into) throws IOException {
    return whileOpen(channel, () -> read(descriptor(channel), into, true, dispatcher));
  }

  @Override
  public int write(AsynchronousSocketChannel channel, ByteBuffer from) throws IOException {
    return whileOpen(channel, () -> write(descriptor(channel), from, true, dispatcher));
  }

  @Override
  public void retry(AsynchronousSocketChannel channel) {
    try {
      finish.invoke(channel, false, true, true);
    } catch (Throwable e) { // its group is shut down: nobody waits any more
      if (e instanceof Error) {
        throw (Error) e;
      }
    }
  }

  @Override
  public int pollIn() {
    return SunChannels.INTERNALS.pollIn();
  }

  @Override
  public int pollOut() {
    return SunChannels.INTERNALS.pollOut();
  }
}
