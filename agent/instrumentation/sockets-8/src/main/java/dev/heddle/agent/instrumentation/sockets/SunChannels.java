package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ChannelInternals;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** What sun.nio.ch does with a channel; its package is open to the hooks that were linked. */
final class SunChannels implements ChannelInternals {

  static final SunChannels INTERNALS = new SunChannels();

  private final @Nullable MethodHandle setEventOps;
  private final @Nullable MethodHandle blockingRead;
  private final int pollIn;
  private final int pollOut;

  private SunChannels() {
    Class<?> key = named("SelectionKeyImpl");
    setEventOps =
        handle(
            named("SelectorImpl"),
            "setEventOps",
            MethodType.methodType(void.class, java.nio.channels.Selector.class, SelectionKey.class),
            key);
    blockingRead =
        handle(
            named("SocketChannelImpl"),
            "blockingRead",
            MethodType.methodType(
                int.class, SocketChannel.class, byte[].class, int.class, int.class, long.class),
            byte[].class,
            int.class,
            int.class,
            long.class);
    pollIn = bit("POLLIN");
    pollOut = bit("POLLOUT");
  }

  static Class<?> named(String name) {
    try {
      return Class.forName("sun.nio.ch." + name, false, null);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no class sun.nio.ch." + name, e);
    }
  }

  /** null where this Java has no such method. */
  private static @Nullable MethodHandle handle(
      Class<?> type, String name, MethodType as, Class<?>... arguments) {
    try {
      Method method = type.getDeclaredMethod(name, arguments);
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method).asType(as);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  private static int bit(String name) {
    try {
      Field field = named("Net").getDeclaredField(name);
      field.setAccessible(true);
      return field.getShort(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sun.nio.ch.Net." + name, e);
    }
  }

  @Override
  public void requeue(SelectionKey key) {
    try {
      if (setEventOps != null) {
        setEventOps.invokeExact(key.selector(), key);
      } else {
        key.interestOps(key.interestOps()); // Java 8 tells the selector each time
      }
      key.selector().wakeup();
    } catch (Throwable e) { // the key is cancelled: nobody waits any more
      if (e instanceof Error) {
        throw (Error) e;
      }
    }
  }

  @Override
  public int blockingRead(SocketChannel channel, byte[] into, int offset, int length, long nanos)
      throws IOException {
    if (blockingRead == null) {
      throw new IOException("this JVM's channels have no read that ends in time");
    }
    try {
      return (int) blockingRead.invokeExact(channel, into, offset, length, nanos);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  @Override
  public int pollIn() {
    return pollIn;
  }

  @Override
  public int pollOut() {
    return pollOut;
  }
}
