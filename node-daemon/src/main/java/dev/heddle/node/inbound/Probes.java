package dev.heddle.node.inbound;

import dev.heddle.node.pod.CapturedConnection;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/**
 * The pod's own HTTP probes. A kubelet has no identity: what the pod declares that it is asked is
 * let in as it comes, in plaintext and whatever rules say, and nothing else with it.
 */
final class Probes {

  private static final String BEFORE = "GET ";
  private static final String BEHIND = " HTTP/1.";

  private Probes() {}

  /** Whether a pod declares some for the port of a connection. */
  static boolean mayCome(CapturedConnection connection) {
    String port = connection.destination().getPort() + "/";
    return connection.pod().probes().stream().anyMatch(probe -> probe.startsWith(port));
  }

  /** Whether the first bytes of a connection are the line of a probe; kubelets send it whole. */
  static boolean begin(ByteBuf seen, CapturedConnection connection) {
    String port = String.valueOf(connection.destination().getPort());
    for (String probe : connection.pod().probes()) {
      if (probe.startsWith(port + '/') && startsWith(seen, line(probe.substring(port.length())))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] line(String target) {
    return (BEFORE + target + BEHIND).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean startsWith(ByteBuf seen, byte[] line) {
    if (seen.readableBytes() < line.length) {
      return false;
    }
    for (int i = 0; i < line.length; i++) {
      if (seen.getByte(seen.readerIndex() + i) != line[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether a request is one of them. */
  static boolean contain(HttpRequest request, CapturedConnection connection) {
    String asked = connection.destination().getPort() + request.uri();
    return request.method().equals(HttpMethod.GET) && connection.pod().probes().contains(asked);
  }
}
