package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.AgentLog;
import dev.heddle.agent.core.Discovery;
import dev.heddle.agent.core.call.CallMetrics;
import dev.heddle.agent.core.install.Hooks;
import dev.heddle.agent.core.settings.AgentSettings;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /config /hooks /metrics /healthz}, one request at a time. */
public final class AdminPages {

  /** A client that is slower than this is let go, for there is one thread. */
  private static final int TIMEOUT_MILLIS = 2_000;

  private static final int BACKLOG = 8;

  /** Characters of a request line; the longest page name has 8. */
  private static final int MAX_LINE_CHARS = 1_024;

  private final ServerSocket server;
  private final Map<String, Supplier<String>> pages;

  private AdminPages(ServerSocket server, Map<String, Supplier<String>> pages) {
    this.server = server;
    this.pages = pages;
  }

  /** Opens the port on a thread of its own; a port that is taken is one line in the log. */
  public static void serve(
      AgentSettings.Address address,
      Hooks hooks,
      Discovery discovery,
      Router router,
      CallMetrics metrics,
      AgentLog log) {
    Map<String, Supplier<String>> pages = new LinkedHashMap<>();
    pages.put("/healthz", () -> "ok\n");
    pages.put("/hooks", () -> hooks(hooks));
    pages.put("/config", () -> config(discovery));
    pages.put("/metrics", () -> metrics(discovery, router, metrics));
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(address.host(), address.port()), BACKLOG);
      Thread thread = new Thread(new AdminPages(server, pages)::accept, "heddle-admin");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException e) {
      log.warn(
          "no admin pages at "
              + address.host()
              + ":"
              + address.port()
              + ": "
              + e.getMessage()
              + "; set HEDDLE_ADMIN to another host:port or off");
    }
  }

  private static String hooks(Hooks hooks) {
    StringBuilder text = new StringBuilder();
    hooks
        .states()
        .forEach((type, state) -> text.append(type).append(": ").append(state).append('\n'));
    return text.toString();
  }

  private static String config(Discovery discovery) {
    StringBuilder text = new StringBuilder();
    text.append("control service: ")
        .append(discovery.isConnected() ? "connected" : "not connected, the last good holds")
        .append('\n');
    discovery
        .mesh()
        .routes()
        .forEach((name, routes) -> text.append(name).append(": ").append(routes).append('\n'));
    discovery
        .mesh()
        .endpoints()
        .forEach(
            (name, all) -> text.append(name).append(": ").append(all.endpoints()).append('\n'));
    return text.toString();
  }

  private static String metrics(Discovery discovery, Router router, CallMetrics metrics) {
    long ejections = 0;
    for (ClusterState cluster : router.clusters().values()) {
      ejections += cluster.ejections();
    }
    return metrics.text()
        + "# HELP heddle_ejections_total Endpoints left out by outlier detection\n"
        + "# TYPE heddle_ejections_total counter\nheddle_ejections_total "
        + ejections
        + "\n# HELP heddle_control_connected Whether the control service answers\n"
        + "# TYPE heddle_control_connected gauge\nheddle_control_connected "
        + (discovery.isConnected() ? 1 : 0)
        + "\n";
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.setSoTimeout(TIMEOUT_MILLIS);
        answer(client);
      } catch (IOException thatClientsTrouble) {
        // the next one may fare better
      }
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII),
            MAX_LINE_CHARS);
    char[] start = new char[MAX_LINE_CHARS];
    int length = in.read(start);
    String[] words = new String(start, 0, Math.max(0, length)).split(" ", 3);
    Supplier<String> page = words.length < 2 ? null : pages.get(words[1]);
    boolean get = words[0].equals("GET");
    String body = page == null || !get ? "pages: " + pages.keySet() + "\n" : page.get();
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        (page == null || !get ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK")
            + "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: "
            + bytes.length
            + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(bytes);
  }
}
