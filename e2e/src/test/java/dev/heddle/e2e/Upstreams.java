package dev.heddle.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers of the table, and by what names its rules know them. */
final class Upstreams implements AutoCloseable {

  private final Upstream.Log log = new Upstream.Log();
  private final Map<String, Integer> versions = new LinkedHashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<Upstream> open = new ArrayList<>();
  private final Certificates certificates;

  Upstreams(Path directory) throws Exception {
    certificates = new Certificates(directory.resolve("certificates"));
    for (String version : List.of("v1", "v2", "v3")) {
      versions.put(version, add(version, new Upstream(version, log)));
    }
    versions.put("dead", Upstream.deadPort());
    versions.forEach((version, port) -> values.put(version, port.toString()));
    add("tls", Upstream.overTls("tls", certificates.context("server"), false, log));
    add("mtls", Upstream.overTls("mtls", certificates.context("server"), true, log));
    add("https", Upstream.overTls("https", certificates.context("known"), false, log));
    values.put("ca", certificates.certificate("server").toString());
    values.put("certificate", certificates.certificate("client").toString());
    values.put("key", certificates.key("client").toString());
  }

  private int add(String name, Upstream upstream) {
    open.add(upstream);
    values.put(name, Integer.toString(upstream.port()));
    return upstream.port();
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

  /** Options of a JVM that trusts the server "https" as it would trust one of the world. */
  List<String> trustOptions() {
    return certificates.trustOptions();
  }

  @Override
  public void close() {
    open.forEach(Upstream::close);
  }
}
