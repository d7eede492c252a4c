package dev.heddle.e2e.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A client: reads a {@link Transfer} a line, answers with an {@link Arrived}. */
public final class Peer {

  /** What the server read, as it tells it. */
  static final String RECEIVED = "x-received";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Peer() {}

  /** A library. */
  interface Client {
    Arrived send(Transfer transfer) throws Exception;
  }

  /** Argument: name of the client. */
  public static void main(String[] arguments) throws IOException {
    Client client =
        switch (arguments[0]) {
          case "java.net.http" -> new JavaHttpPeer();
          case "AsynchronousSocketChannel" -> new AsyncPeer();
          case "HttpURLConnection" -> new UrlConnectionPeer();
          case "HttpClient 5" -> new ApachePeer();
          case "HttpClient 5 async" -> ApacheAsyncPeer.ofAnyHttp();
          case "HttpClient 5 h2" -> ApacheAsyncPeer.ofHttp2();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(JSON.writeValueAsString(send(client, line)));
    }
    System.exit(0);
  }

  private static Arrived send(Client client, String line) {
    try {
      return client.send(JSON.readValue(line, Transfer.class));
    } catch (Exception e) { // whatever the library throws is what the test wants to know
      return Arrived.failed(e);
    }
  }
}
