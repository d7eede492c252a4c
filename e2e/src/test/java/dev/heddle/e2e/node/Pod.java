package dev.heddle.e2e.node;

import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A network namespace on the bridge, with programs that know of no mesh. */
final class Pod implements AutoCloseable {

  private final String name;
  private final String netns;
  private final String address;
  private final Path directory;
  private final List<Forked> programs = new ArrayList<>();

  Pod(String name, String netns, String address, Path directory) {
    this.name = name;
    this.netns = netns;
    this.address = address;
    this.directory = directory;
  }

  String name() {
    return name;
  }

  String netns() {
    return netns;
  }

  String address() {
    return address;
  }

  /** In IPv6, by the same last number. */
  String address6() {
    return "fd80::" + address.substring(address.lastIndexOf('.') + 1);
  }

  /** Starts Python's HTTP server, which answers with what it got, and waits until it listens. */
  void serve(int port) throws Exception {
    start("python3", "-u", script("answers.py"), name, String.valueOf(port)).read();
  }

  /** A Python program of the tests, as a file. */
  String script(String file) throws IOException {
    Path script = directory.resolve(file);
    try (var resource = Pod.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IOException(file + " is not among the resources");
      }
      Files.write(script, resource.readAllBytes());
    }
    return script.toString();
  }

  /** Starts a program inside. */
  Forked start(String... command) throws IOException {
    return start(Map.of(), command);
  }

  /** Starts one with more in its environment. */
  Forked start(Map<String, String> environment, String... command) throws IOException {
    Forked program =
        new Forked(
            Command.inside(netns, List.of(command)), environment, directory.resolve(name + ".log"));
    programs.add(program);
    return program;
  }

  /** Runs a command inside. */
  Command.Result run(String... command) throws Exception {
    return Command.run(Command.inside(netns, List.of(command)));
  }

  /** Asks with curl, for no longer than 10 s; returns what it printed. */
  String curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "10"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new)).said().strip();
  }

  /** Its redirect rules, of both families. */
  String rules() throws Exception {
    return run("iptables-save").said() + run("ip6tables-save").said();
  }

  /** What the network plugin does when the pod ends. */
  void delete() throws Exception {
    programs.forEach(Forked::close);
    Command.ip("-n " + netns + " link del eth0");
    Command.ip("netns del " + netns);
  }

  @Override
  public void close() {
    programs.forEach(Forked::close);
    try {
      Command.run(List.of("ip", "netns", "del", netns));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
