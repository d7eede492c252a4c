package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.settings.Probe;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is said to whom: GET with a page of text made of its query, and probes by the app. */
final class AdminAnswers {

  /** Pages that say nothing of hosts and routes: they are for other hosts, too. */
  private static final Set<String> FOR_ALL =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("/healthz", "/metrics")));

  private final Map<String, Function<String, String>> pages;
  private final ProbeForwarder probes;

  AdminAnswers(Map<String, Function<String, String>> pages, ProbeForwarder probes) {
    this.pages = pages;
    this.probes = probes;
  }

  /** The probe that is asked for, else null. */
  @Nullable Probe probe(RequestHead request) {
    return request.problem() == null && request.method().equals("GET")
        ? probes.find(request)
        : null;
  }

  /** Has the app answer a probe; where it does not, the kubelet is told why. */
  void pass(Probe probe, RequestHead request, Socket kubelet) throws IOException {
    try {
      probes.forward(probe, request, kubelet);
    } catch (IOException e) {
      String reason = "port " + probe.port() + " of the app: " + e.getMessage() + "\n";
      kubelet.getOutputStream().write(response("503 Service Unavailable", "", reason));
    }
  }

  /**
   * The answer to all else.
   *
   * @param isHere whether this host itself asks
   */
  byte[] page(RequestHead request, boolean isHere) {
    if (request.problem() != null) {
      return response(request.problem(), "", request.problem() + "\n");
    }
    Function<String, String> page = pages.get(request.path());
    if (page == null) {
      return response("404 Not Found", "", "pages: " + String.join(" ", pages.keySet()) + "\n");
    }
    if (!isHere && !FOR_ALL.contains(request.path())) {
      return response(
          "403 Forbidden", "", "expected: a request of this host, as by kubectl port-forward\n");
    }
    if (!request.method().equals("GET")) {
      return response("405 Method Not Allowed", "allow: GET\r\n", "expected: GET\n");
    }
    try {
      return response("200 OK", "", page.apply(request.query()));
    } catch (IllegalArgumentException e) {
      return response("400 Bad Request", "", e.getMessage() + "\n");
    } catch (RuntimeException e) { // that page's trouble; the others are still of use
      return response("500 Internal Server Error", "", e + "\n");
    }
  }

  private static byte[] response(String status, String headers, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return ("HTTP/1.1 "
            + status
            + "\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close\r\n"
            + headers
            + "content-length: "
            + length
            + "\r\n\r\n"
            + text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
