package dev.heddle.e2e.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import org.jspecify.annotations.Nullable;

/** Says what it is told, on asynchronous channels, until nothing more comes; then it closes. */
final class AsyncEcho {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final AsynchronousSocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private AsyncEcho(AsynchronousSocketChannel channel) {
    this.channel = channel;
  }

  static int start() throws IOException {
    return Accepting.start(channel -> new AsyncEcho(channel).read());
  }

  /** What one step does when it is done; a failure ends the conversation. */
  private abstract class Step implements CompletionHandler<Integer, @Nullable Void> {
    @Override
    public void failed(Throwable reason, @Nullable Void nothing) {
      close();
    }
  }

  private void read() {
    channel.read(
        buffer,
        null,
        new Step() {
          @Override
          public void completed(Integer count, @Nullable Void nothing) {
            if (count < 0) {
              close();
            } else {
              buffer.flip();
              write();
            }
          }
        });
  }

  private void write() {
    channel.write(
        buffer,
        null,
        new Step() {
          @Override
          public void completed(Integer count, @Nullable Void nothing) {
            if (buffer.hasRemaining()) {
              write();
            } else {
              buffer.clear();
              read();
            }
          }
        });
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed is closed
    }
  }
}
