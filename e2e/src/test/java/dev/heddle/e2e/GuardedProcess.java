package dev.heddle.e2e;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server with guarded handlers under the agent, in a JVM of its own. */
final class GuardedProcess implements AutoCloseable {

  private static final Path SERVERS = Path.of(System.getProperty("heddle.tomcats"));

  /** Longer than any answer takes; what is not answered until then has passed nothing. */
  private static final int PATIENCE_MILLIS = 5_000;

  private final Forked process;
  private final int port;

  /**
   * Server: {@code JDK HttpServer}, {@code Tomcat 9}, {@code Tomcat 10.1}, {@code Tomcat 11},
   * {@code Jetty 12} or {@code Undertow 2}.
   */
  GuardedProcess(Jdk jdk, String server, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    this(ProbeProcess.AGENT, jdk, server, settings, log);
  }

  /** The same, under another jar of the agent. */
  GuardedProcess(Path agent, Jdk jdk, String server, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx128m", "-cp"));
    String classes = ProbeProcess.classPath();
    boolean library = !server.startsWith("JDK");
    command.add(
        library ? classes + File.pathSeparator + SERVERS.resolve(folder(server)) + "/*" : classes);
    command.add("dev.heddle.e2e.guarded.Guarded");
    command.add(server.split(" ", 2)[0]);
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent);
    environment.put("HEDDLE_ADMIN", "off");
    environment.put("HEDDLE_FIRST_CALL_WAIT", "30s");
    settings.forEach((name, value) -> environment.put("HEDDLE_" + name, value));
    process = new Forked(command, environment, log);
    port = Integer.parseInt(process.read());
  }

  private static String folder(String server) {
    return server.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** What comes back of these bytes until the server closes, ISO 8859-1; empty for nothing. */
  String send(String request) throws IOException {
    try (Socket socket = connect()) {
      return exchange(socket, request);
    }
  }

  /** A connection of one's own. */
  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String exchange(Socket socket, String request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException e) {
      answer.write(" and no end".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // reset: refused in the server's own way
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() {
    process.close();
  }
}
