package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** What an app reads from a blocking socket. */
final class SecureInput extends InputStream {

  private final SecureConnection connection;
  private final SocketTransport transport;
  private final Socket socket;

  SecureInput(SecureConnection connection, SocketTransport transport, Socket socket) {
    this.connection = connection;
    this.transport = transport;
    this.socket = socket;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer app = ByteBuffer.wrap(bytes, offset, length);
    if (length == 0) {
      return 0;
    }
    int count = connection.read(app, 0);
    return count == SecureConnection.PASS ? transport.input().read(bytes, offset, length) : count;
  }

  @Override
  public int available() throws IOException {
    return connection.available(transport.input().available());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
