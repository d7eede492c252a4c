package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.settings.Probe;
import dev.heddle.agent.core.tls.AnyPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Passes the pod's own probes on to the app, as Istio's agent does: a kubelet has no identity, so
 * that a port that asks for mesh TLS cannot take its requests. Only the probes that were named are
 * passed on, for whoever reaches the admin port may ask for them.
 */
final class ProbeForwarder {

  static final String PREFIX = "/app-health/";

  /** A kubelet waits for {@code timeoutSeconds} and hangs up; this ends what it has forgotten. */
  private static final int APP_MILLIS = 30_000;

  private static final int CONNECT_MILLIS = 1_000;

  /** A kubelet reads 10 KB of an answer. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final Set<Probe> probes;

  /** Passes on these. */
  ProbeForwarder(Set<Probe> probes) {
    this.probes = probes;
  }

  /** The probe that a request is, null where it is none that was named. */
  @Nullable Probe find(RequestHead request) {
    Probe asked =
        request.target().startsWith(PREFIX)
            ? Probe.parse(request.target().substring(PREFIX.length()))
            : null;
    return asked != null && probes.contains(asked) ? asked : null;
  }

  /** Asks the app, and gives its answer as it comes. IOException if it does not answer. */
  void forward(Probe probe, RequestHead request, Socket kubelet) throws IOException {
    try (Socket app = connect(probe, kubelet.getLocalAddress())) {
      app.setSoTimeout(APP_MILLIS);
      app.getOutputStream().write(head(probe, request).getBytes(StandardCharsets.ISO_8859_1));
      copy(app.getInputStream(), kubelet.getOutputStream());
    }
  }

  private static Socket connect(Probe probe, InetAddress own) throws IOException {
    Socket app;
    try {
      app = open(InetAddress.getLoopbackAddress(), probe.port());
    } catch (IOException e) {
      app = open(own, probe.port()); // it may listen on the pod's address alone
    }
    return probe.isTls() ? secured(app) : app;
  }

  private static Socket open(InetAddress address, int port) throws IOException {
    Socket app = new Socket();
    try {
      app.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return app;
    } catch (IOException e) {
      app.close();
      throw e;
    }
  }

  private static Socket secured(Socket app) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyPeer()}, new SecureRandom());
      SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(app, "localhost", 0, true);
      secured.setSoTimeout(APP_MILLIS);
      secured.startHandshake();
      return secured;
    } catch (GeneralSecurityException | IOException e) {
      app.close();
      throw new IOException("no TLS with the app: " + e.getMessage(), e);
    }
  }

  private static String head(Probe probe, RequestHead request) {
    StringBuilder head = new StringBuilder("GET ").append(probe.target()).append(" HTTP/1.1\r\n");
    for (String line : request.headers().split("\r?\n", -1)) {
      String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
      if (name.equals("host")) {
        head.append("Host: ").append(host(line.substring(5).trim(), probe.port())).append("\r\n");
      } else if (!name.isEmpty() && !name.equals("connection")) {
        head.append(line).append("\r\n");
      }
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** A kubelet names the address and the port that it calls; a name of the probe's own stays. */
  private static String host(String sent, int port) {
    int colon = sent.lastIndexOf(':');
    boolean namesPort = colon > sent.lastIndexOf(']') && colon > 0;
    return namesPort ? sent.substring(0, colon + 1) + port : sent;
  }

  private static void copy(InputStream app, OutputStream kubelet) throws IOException {
    byte[] bytes = new byte[4096];
    int passed = 0;
    int read = app.read(bytes);
    if (read < 0) {
      throw new IOException("the app closed the connection without an answer");
    }
    while (read >= 0 && passed < MAX_ANSWER_BYTES) {
      kubelet.write(bytes, 0, read);
      passed += read;
      read = app.read(bytes);
    }
  }
}
