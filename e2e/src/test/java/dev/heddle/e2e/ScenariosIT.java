package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

/** The table of scenarios, for each client on each JDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class ScenariosIT {

  /** For work on a few scenarios: {@code -Dheddle.scenarios="TLS|timeout"}; else all. */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("heddle.scenarios", ""));

  private final List<Scenario> scenarios = Scenarios.all();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private Upstreams upstreams;
  private Control control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    upstreams =
        new Upstreams(
            directory, IntStream.range(0, scenarios.size()).mapToObj(ScenariosIT::host).toList());
    open.add(upstreams);
    RulesDirectory rules = new RulesDirectory(directory.resolve("rules"));
    for (int i = 0; i < scenarios.size(); i++) {
      rules.write(host(i), scenarios.get(i), upstreams.versions(), upstreams.values());
    }
    control = new Control(rules.path(), 0, directory.resolve("control.log"));
    open.add(control);
  }

  private static String host(int scenario) {
    return "s" + scenario;
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Test
  void controlTakesEveryRuleOfTheTable() throws IOException {
    assertThat(control.errors()).doesNotContain("error:").doesNotContain("warning:");
  }

  @TestFactory
  Stream<DynamicNode> everyClientObeysEveryRule() throws IOException {
    List<DynamicNode> containers = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (String client : Clients.ALL) {
        containers.add(container(jdk, client));
      }
    }
    return containers.stream();
  }

  private DynamicNode container(Jdk jdk, String client) {
    LazyProbe probe = new LazyProbe(jdk, client, control, directory, upstreams.options());
    open.add(probe);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      if (ONLY.matcher(scenario.name()).find()) {
        String host = host(i);
        tests.add(
            DynamicTest.dynamicTest(
                scenario.name(),
                () -> {
                  String gap = scenario.gaps().get(client);
                  assumeTrue(gap == null, gap);
                  scenario.check().run(new Stage(probe.get(), client, host, upstreams));
                }));
      }
    }
    return DynamicContainer.dynamicContainer(probe.toString(), tests);
  }
}
