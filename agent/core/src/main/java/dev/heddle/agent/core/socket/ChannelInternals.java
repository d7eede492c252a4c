package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** What only the JDK's own classes can do with a channel; the hooks bring it along. */
public interface ChannelInternals {

  /** Makes the key's selector ask again what it is to wait for, and wakes it. */
  void requeue(SelectionKey key);

  /** Reads from a blocking channel, waiting no longer than this. */
  int blockingRead(SocketChannel channel, byte[] into, int offset, int length, long nanos)
      throws IOException;

  /** The bit of poll(2) for something to read. */
  int pollIn();

  /** The bit of poll(2) for room to write. */
  int pollOut();
}
