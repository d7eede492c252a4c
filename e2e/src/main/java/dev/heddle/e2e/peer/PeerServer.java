package dev.heddle.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.coyote.http2.Http2Protocol;
import org.jspecify.annotations.Nullable;

/** A server that reads what it is sent, says what that was, and gives what it is asked for. */
public final class PeerServer {

  private PeerServer() {}

  /** Argument: the server; prints its port, and ends with its stdin. */
  public static void main(String[] arguments) throws Exception {
    int port =
        switch (arguments[0]) {
          case "JDK HttpServer" -> JdkPeerServer.start();
          case "Tomcat NIO" -> TomcatPeerServer.start("Http11NioProtocol");
          case "Tomcat h2c" -> TomcatPeerServer.start("Http11NioProtocol", new Http2Protocol());
          case "Tomcat NIO2" -> TomcatPeerServer.start("Http11Nio2Protocol");
          case "AsynchronousServerSocketChannel" -> AsyncPeerServer.start();
          case "echo" -> AsyncEcho.start();
          case "ServerSocket" -> SocketPeerServer.start();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println(port);
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
    System.exit(0);
  }

  /** The response of a server's library. */
  interface Response {

    /** Sends the head; length -1 for a body in chunks. */
    OutputStream begin(String received, long length) throws IOException;

    /** Cuts the connection. */
    void hangUp() throws IOException;
  }

  static void serve(@Nullable String query, InputStream body, Response response)
      throws IOException {
    Map<String, String> wishes = wishes(query);
    if (wishes.containsKey("hangUp")) {
      body.skipNBytes(Long.parseLong(wishes.get("hangUp")));
      response.hangUp();
      return;
    }
    String received = Payload.read(body, 0);
    long size = Long.parseLong(wishes.getOrDefault("give", "0"));
    try (OutputStream out = response.begin(received, wishes.containsKey("chunked") ? -1 : size)) {
      new Payload(size).transferTo(out);
    }
  }

  private static Map<String, String> wishes(@Nullable String query) {
    Map<String, String> wishes = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        wishes.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
      }
    }
    return wishes;
  }
}
