package dev.heddle.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.peer.Arrived;
import dev.heddle.e2e.peer.Transfer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client or a server of {@code dev.heddle.e2e.peer} in a JVM of its own. */
final class PeerProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Tomcat is made of. */
  static final Path TOMCAT = Path.of(System.getProperty("heddle.tomcats"), "tomcat-10.1");

  private final Forked process;
  private final String first;

  private PeerProcess(Jdk jdk, String main, String name, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx192m", "-cp"));
    command.add(ProbeProcess.classPath() + File.pathSeparator + TOMCAT + "/*");
    command.add("dev.heddle.e2e.peer." + main);
    command.add(name);
    process = new Forked(command, agent(settings), log);
    first = process.read();
  }

  /** The environment of a program under the agent. */
  static Map<String, String> agent(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-javaagent:" + ProbeProcess.AGENT);
    environment.put("HEDDLE_ADMIN", "off");
    settings.forEach((setting, value) -> environment.put("HEDDLE_" + setting, value));
    return environment;
  }

  static PeerProcess server(Jdk jdk, String server, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    return new PeerProcess(jdk, "PeerServer", server, settings, log);
  }

  static PeerProcess client(Jdk jdk, String client, Map<String, String> settings, Path log)
      throws IOException, InterruptedException {
    return new PeerProcess(jdk, "Peer", client, settings, log);
  }

  /** Of a server. */
  int port() {
    return Integer.parseInt(first);
  }

  Arrived send(Transfer transfer) throws IOException, InterruptedException {
    process.write(JSON.writeValueAsString(transfer));
    return JSON.readValue(process.read(), Arrived.class);
  }

  String errors() throws IOException {
    return process.errors();
  }

  @Override
  public void close() {
    process.close();
  }
}
