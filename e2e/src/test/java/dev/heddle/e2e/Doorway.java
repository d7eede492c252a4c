package dev.heddle.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server that knows how many connections through it were made, and are open. */
final class Doorway implements Closeable {

  private static final int BACKLOG = 64;

  private final ServerSocket door;
  private final InetSocketAddress server;

  /** Platform threads: they stay in the network namespace of the thread that made this. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** To the server at this port of the same address. */
  Doorway(InetAddress address, int server) throws IOException {
    this.server = new InetSocketAddress(address, server);
    this.door = new ServerSocket(0, BACKLOG, address);
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Connections that came so far. */
  int made() {
    return made.get();
  }

  /** Connections that the callers have not closed. */
  int open() {
    return open.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        made.incrementAndGet();
        open.incrementAndGet();
        threads.execute(() -> pass(caller));
      } catch (IOException e) {
        // closed, or a caller that is gone already
      }
    }
  }

  private void pass(Socket caller) {
    try (caller;
        Socket to = new Socket(server.getAddress(), server.getPort())) {
      threads.execute(() -> copy(to, caller));
      caller.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side is gone
    } finally {
      open.decrementAndGet();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side is gone
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
