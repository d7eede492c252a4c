package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.e2e.Clients;
import dev.heddle.e2e.Scenario;
import dev.heddle.e2e.Scenarios;
import dev.heddle.e2e.Stage;
import dev.heddle.e2e.Upstreams;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of scenarios, for curl in a pod that the node daemon serves: a rule means there what it
 * means in an app with an agent. Servers are on the node; one control, one daemon and one pod serve
 * all rows.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
final class NodeScenariosIT {

  private static final Pattern ONLY = Pattern.compile(System.getProperty("heddle.scenarios", ""));

  private final List<Scenario> scenarios = Scenarios.all();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private NodeStage node;

  /** The table for one kind of calls, with hosts and servers of its own. */
  private record Form(String client, char prefix, Upstreams upstreams, Curl curl) {
    String host(int row) {
      return prefix + Integer.toString(row);
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    node = new NodeStage(directory, "default");
    open.add(node::close);
    open.add(Inside.call(node.node(), () -> new ClusterDns(Network.NODE)));
    Upstreams one = upstreams(directory.resolve("s"), 's', false);
    Upstreams two = upstreams(directory.resolve("t"), 't', true);
    // One event loop: each keeps connections of its own, and the table counts connections.
    node.daemonOf(NodeStage.NODE, List.of(one.namesOption()), "--threads", "1");
    Pod pod = node.captured("probe", "v7", "--resolvers", Network.NODE);
    Programs programs = new Programs(pod, directory, Network.NODE);
    open.add(programs);
    forms.add(form(Clients.CURL, 's', one, programs, directory));
    forms.add(form(Clients.CURL_HTTP_2, 't', two, programs, directory));
  }

  private Upstreams upstreams(Path directory, char prefix, boolean http2) throws Exception {
    Files.createDirectories(directory);
    List<String> hosts =
        Stream.of('s', 't')
            .flatMap(form -> IntStream.range(0, scenarios.size()).mapToObj(row -> form + "" + row))
            .toList();
    Path certificates = node.state(NodeStage.NODE).resolve("tls/" + prefix);
    InetAddress address = InetAddress.getByName(Network.NODE);
    Upstreams started =
        Inside.call(
            node.node(), () -> new Upstreams(directory, certificates, hosts, address, http2));
    open.add(started);
    for (int row = 0; row < scenarios.size(); row++) {
      String host = prefix + "" + row;
      node.write(host, scenarios.get(row).documents(host, started.versions(), started.values()));
    }
    return started;
  }

  private static Form form(
      String client, char prefix, Upstreams upstreams, Programs programs, Path directory)
      throws IOException {
    Path files = directory.resolve("curl-" + prefix);
    boolean http2 = client.equals(Clients.CURL_HTTP_2);
    List<String> trust = List.of("--cacert", upstreams.trusted().toString());
    Curl curl = new Curl(programs, files, Network.NODE, http2, trust);
    return new Form(client, prefix, upstreams, curl);
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Test
  void controlTakesEveryRuleOfTheTable() throws IOException {
    assertThat(node.control().log()).doesNotContain("error:").doesNotContain("warning:");
  }

  @TestFactory
  Stream<DynamicNode> aProgramWithoutAnAgentObeysEveryRule() {
    return forms.stream()
        .map(form -> DynamicContainer.dynamicContainer(form.client(), tests(form)));
  }

  private Stream<DynamicNode> tests(Form form) {
    return IntStream.range(0, scenarios.size())
        .filter(row -> ONLY.matcher(scenarios.get(row).name()).find())
        .mapToObj(row -> test(scenarios.get(row), form, form.host(row)));
  }

  private static DynamicTest test(Scenario scenario, Form form, String host) {
    return DynamicTest.dynamicTest(
        scenario.name(),
        () -> {
          String gap = scenario.gaps().get(form.client());
          assumeTrue(gap == null, gap);
          scenario.check().run(new Stage(form.curl(), form.client(), host, form.upstreams()));
        });
  }
}
