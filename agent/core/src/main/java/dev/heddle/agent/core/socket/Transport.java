package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** The connection below mesh TLS: what the app would read and write without it. */
interface Transport {

  /** Appends to the buffer: more than 0 bytes; 0: would block; -1: the end. */
  int read(ByteBuffer into) throws IOException;

  /**
   * The same, waiting no longer than this; for transports that block.
   *
   * @throws SocketTimeoutException nothing came
   */
  int readWithin(ByteBuffer into, long nanos) throws IOException;

  /** Sends some; 0: would block. */
  int write(ByteBuffer from) throws IOException;

  /** Whether reads and writes wait. */
  boolean blocks();

  /** Whether computation must not be done by the calling thread, which serves others too. */
  boolean onEventLoop();

  /** Whether the app itself has closed its input, so that the end of it is no truncation. */
  boolean inputShut();

  /** What the app waits for may have come by other means than its bytes. */
  void wakeUp();

  /** Closes without ceremony, and wakes whoever waits in read or write. */
  void abort();

  InetSocketAddress local();

  InetSocketAddress remote();
}
