package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** What an app writes to a blocking socket. */
final class SecureOutput extends OutputStream {

  private final SecureConnection connection;
  private final SocketTransport transport;
  private final Socket socket;

  SecureOutput(SecureConnection connection, SocketTransport transport, Socket socket) {
    this.connection = connection;
    this.transport = transport;
    this.socket = socket;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer[] app = {ByteBuffer.wrap(bytes, offset, length)};
    while (app[0].hasRemaining()) {
      if (connection.write(app, 0, 1) == SecureConnection.PASS) {
        transport.output().write(bytes, offset, length);
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
