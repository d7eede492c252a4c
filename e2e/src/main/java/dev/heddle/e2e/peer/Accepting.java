package dev.heddle.e2e.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts asynchronous channels, one after the other, as long as it lives. */
final class Accepting implements CompletionHandler<AsynchronousSocketChannel, @Nullable Void> {

  private static final int BACKLOG = 256;

  private final AsynchronousServerSocketChannel server;
  private final Consumer<AsynchronousSocketChannel> each;

  private Accepting(
      AsynchronousServerSocketChannel server, Consumer<AsynchronousSocketChannel> each) {
    this.server = server;
    this.each = each;
  }

  /** Begins; returned is the port. */
  static int start(Consumer<AsynchronousSocketChannel> each) throws IOException {
    AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.accept(null, new Accepting(server, each));
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  @Override
  public void completed(AsynchronousSocketChannel accepted, @Nullable Void nothing) {
    server.accept(null, this);
    each.accept(accepted);
  }

  @Override
  public void failed(Throwable reason, @Nullable Void nothing) {
    server.accept(null, this);
  }
}
