package dev.heddle.e2e.peer;

import java.io.IOException;
import java.nio.channels.Channels;

/** The HTTP of {@link SocketPeerServer} over asynchronous channels and their futures. */
final class AsyncPeerServer {

  private AsyncPeerServer() {}

  static int start() throws IOException {
    return Accepting.start(
        channel ->
            SocketPeerServer.converse(
                Channels.newInputStream(channel), Channels.newOutputStream(channel), channel));
  }
}
