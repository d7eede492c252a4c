package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;

/** What only the JDK's own classes can do with such a channel; the hooks bring it along. */
public interface AsyncInternals {

  /** {@code IOStatus.UNAVAILABLE}: the channel waits for the kernel's next event. */
  int UNAVAILABLE = -2;

  /** Reads what the kernel has: more than 0 bytes; {@link #UNAVAILABLE}; -1: the end. */
  int read(AsynchronousSocketChannel channel, ByteBuffer into) throws IOException;

  /** Gives the kernel what it takes; {@link #UNAVAILABLE}: nothing. */
  int write(AsynchronousSocketChannel channel, ByteBuffer from) throws IOException;

  /** Pending operations are tried again; handlers are called by other threads. */
  void retry(AsynchronousSocketChannel channel);

  /** The bit of poll(2) for something to read. */
  int pollIn();

  /** The bit of poll(2) for room to write. */
  int pollOut();
}
