package dev.heddle.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The servers of the table, and by what names its rules know them. */
public final class Upstreams implements AutoCloseable {

  /** An address where nobody listens, that a machine still finds a way to. */
  private static final String IDLE_LOOPBACK = "127.198.51.77";

  private static final String IDLE_ELSEWHERE = "10.96.51.77";
  private static final String IDLE_OF_HTTP_2 = "10.96.51.78";

  private final Upstream.Log log = new Upstream.Log();
  private final Map<String, Integer> versions = new LinkedHashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<Closeable> open = new ArrayList<>();
  private final InetAddress address;
  private final boolean http2;
  private final Certificates certificates;
  private final Path names;
  private final Doorway doorway;

  /**
   * Starts them on loopback.
   *
   * @param hosts of the scenarios
   */
  Upstreams(Path directory, List<String> hosts) throws Exception {
    this(
        directory,
        directory.resolve("certificates"),
        hosts,
        InetAddress.getLoopbackAddress(),
        false);
  }

  /**
   * Starts them, in the network namespace of this thread.
   *
   * @param certificates the directory of files that rules name
   * @param hosts of the scenarios
   * @param http2 versions speak HTTP/2 too, in plaintext
   */
  public Upstreams(
      Path directory, Path certificates, List<String> hosts, InetAddress address, boolean http2)
      throws Exception {
    this.address = address;
    this.http2 = http2;
    this.certificates = new Certificates(certificates);
    String at = address.getHostAddress();
    names = directory.resolve("hosts");
    Files.writeString(
        names,
        hosts.stream()
            .map(host -> at + " " + host + ".direct.example.com\n")
            .collect(
                Collectors.joining("", at + " outside.example.com\n127.0.0.1 localhost\n", "")));
    for (String version : List.of("v1", "v2", "v3")) {
      versions.put(version, add(version, version(version)));
    }
    versions.put("dead", Upstream.deadPort(address));
    versions.forEach((version, port) -> values.put(version, port.toString()));
    add("tls", overTls("tls", "server", false));
    add("mtls", overTls("mtls", "server", true));
    add("https", overTls("https", "known", false));
    doorway = new Doorway(address, Objects.requireNonNull(versions.get("v1")));
    open.add(doorway);
    values.put("doorway", Integer.toString(doorway.port()));
    FullPort full = new FullPort(address);
    open.add(full);
    values.put("full", Integer.toString(full.port()));
    values.put("ca", this.certificates.certificate("server").toString());
    values.put("certificate", this.certificates.certificate("client").toString());
    values.put("key", this.certificates.key("client").toString());
    values.put("address", at);
    values.put("idle", idle());
  }

  private String idle() {
    if (address.isLoopbackAddress()) {
      return IDLE_LOOPBACK;
    }
    return http2 ? IDLE_OF_HTTP_2 : IDLE_ELSEWHERE;
  }

  private Upstream version(String version) throws IOException {
    return http2 ? Upstream.overHttp2(version, address, log) : new Upstream(version, address, log);
  }

  private Upstream overTls(String name, String certificate, boolean wantsCertificate)
      throws Exception {
    SSLContext context = certificates.context(certificate);
    return Upstream.overTls(name, address, context, wantsCertificate, log);
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
  public Map<String, Integer> versions() {
    return versions;
  }

  /** What stands in rules for {@code ${name}}: the port of a server, a file, their address. */
  public Map<String, String> values() {
    return values;
  }

  /**
   * Options of a JVM that trusts the server "https" as it would one of the world, and that finds by
   * DNS the names {@code <host>.direct.example.com}, {@code outside.example.com} and {@code
   * localhost}, and no other.
   */
  List<String> options() {
    List<String> options = new ArrayList<>(certificates.trustOptions());
    options.add(namesOption());
    return options;
  }

  /** The option of a JVM that finds by DNS those names and no other. */
  public String namesOption() {
    return "-Djdk.net.hosts.file=" + names;
  }

  /** The certificate that a program must trust to call the server "https". */
  public Path trusted() {
    return certificates.certificate("known");
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : open) {
      closeable.close();
    }
  }
}
