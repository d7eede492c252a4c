package dev.heddle.e2e.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.probe.Answer;
import dev.heddle.e2e.probe.Ask;
import dev.heddle.e2e.probe.Client;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves {@code /?client=NAME&handover=NAME&url=URL&HEADER=VALUE...}: calls the URL with that
 * client and these headers, on the thread to which the handover leads.
 */
public final class Relay {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Handovers handovers = new Handovers();

  private Relay() {}

  /** Argument: the server; prints its port, and ends with its stdin. */
  public static void main(String[] arguments) throws Exception {
    Relay relay = new Relay();
    int port =
        arguments[0].equals("Tomcat")
            ? TomcatServer.start(relay::serve)
            : JdkServer.start(relay::serve);
    System.out.println(port);
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
    System.exit(0);
  }

  /** The answer to a query. */
  interface Handler {
    String serve(String query) throws Exception;
  }

  private String serve(String query) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      headers.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    String handover = taken(headers, "handover");
    if (handover.equals("view")) {
      return PoolView.look();
    }
    Client client =
        clients.computeIfAbsent(taken(headers, "client"), name -> Client.of(name, false, null));
    Ask ask = Ask.of("GET", taken(headers, "url"), headers);
    Answer answer = handovers.run(handover, () -> client.call(ask));
    return JSON.writeValueAsString(answer);
  }

  private static String taken(Map<String, String> query, String name) {
    return Objects.requireNonNull(query.remove(name), name);
  }
}
