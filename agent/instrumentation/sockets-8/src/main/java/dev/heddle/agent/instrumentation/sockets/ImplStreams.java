package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.SocketImpl;

/** A socket's streams as its SocketImpl has them: subclasses of Socket make others of them. */
final class ImplStreams implements ManagedSocket.RawStreams {

  private static final Field IMPL;
  private static final Method INPUT;
  private static final Method OUTPUT;

  static {
    try {
      IMPL = Socket.class.getDeclaredField("impl");
      INPUT = SocketImpl.class.getDeclaredMethod("getInputStream");
      OUTPUT = SocketImpl.class.getDeclaredMethod("getOutputStream");
      IMPL.setAccessible(true);
      INPUT.setAccessible(true);
      OUTPUT.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SocketImpl impl;

  ImplStreams(SocketImpl impl) {
    this.impl = impl;
  }

  static ImplStreams of(Socket socket) throws IOException {
    try {
      return new ImplStreams((SocketImpl) IMPL.get(socket));
    } catch (IllegalAccessException e) {
      throw new IOException(e);
    }
  }

  @Override
  public InputStream input() throws IOException {
    return (InputStream) call(INPUT);
  }

  @Override
  public OutputStream output() throws IOException {
    return (OutputStream) call(OUTPUT);
  }

  private Object call(Method method) throws IOException {
    try {
      return method.invoke(impl);
    } catch (InvocationTargetException | IllegalAccessException e) {
      Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
      throw reason instanceof IOException ? (IOException) reason : new IOException(reason);
    }
  }
}
