package dev.heddle.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The servers of the table, and by what names its rules know them. */
final class Upstreams implements AutoCloseable {

  private final Upstream.Log log = new Upstream.Log();
  private final Map<String, Integer> versions = new LinkedHashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<Closeable> open = new ArrayList<>();
  private final Certificates certificates;
  private final Path names;
  private final Doorway doorway;

  /**
   * Starts them.
   *
   * @param hosts of the scenarios
   */
  Upstreams(Path directory, List<String> hosts) throws Exception {
    names = directory.resolve("hosts");
    Files.writeString(
        names,
        hosts.stream()
            .map(host -> "127.0.0.1 " + host + ".direct.example.com\n")
            .collect(Collectors.joining("", "127.0.0.1 localhost\n", "")));
    certificates = new Certificates(directory.resolve("certificates"));
    for (String version : List.of("v1", "v2", "v3")) {
      versions.put(version, add(version, new Upstream(version, log)));
    }
    versions.put("dead", Upstream.deadPort());
    versions.forEach((version, port) -> values.put(version, port.toString()));
    add("tls", Upstream.overTls("tls", certificates.context("server"), false, log));
    add("mtls", Upstream.overTls("mtls", certificates.context("server"), true, log));
    add("https", Upstream.overTls("https", certificates.context("known"), false, log));
    doorway = new Doorway(Objects.requireNonNull(versions.get("v1")));
    open.add(doorway);
    values.put("doorway", Integer.toString(doorway.port()));
    FullPort full = new FullPort();
    open.add(full);
    values.put("full", Integer.toString(full.port()));
    values.put("ca", certificates.certificate("server").toString());
    values.put("certificate", certificates.certificate("client").toString());
    values.put("key", certificates.key("client").toString());
  }

  private int add(String name, Upstream upstream) {
    open.add(upstream);
    values.put(name, Integer.toString(upstream.port()));
    return upstream.port();
  }

  /** A way to v1 whose connections are counted. */
  Doorway doorway() {
    return doorway;
  }

  /** What all of them received. */
  Upstream.Log log() {
    return log;
  }

  /** The instances of each scenario's own service: version and port. */
  Map<String, Integer> versions() {
    return versions;
  }

  /** What stands in rules for {@code ${name}}: the port of a server, a file. */
  Map<String, String> values() {
    return values;
  }

  /**
   * Options of a JVM that trusts the server "https" as it would one of the world, and that finds by
   * DNS the names {@code <host>.direct.example.com} and {@code localhost}, and no other.
   */
  List<String> options() {
    List<String> options = new ArrayList<>(certificates.trustOptions());
    options.add("-Djdk.net.hosts.file=" + names);
    return options;
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : open) {
      closeable.close();
    }
  }
}
