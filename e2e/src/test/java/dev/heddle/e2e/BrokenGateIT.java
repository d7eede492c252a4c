package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.guarded.Guarded;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the gate is not in its place nothing passes that it would have judged. */
class BrokenGateIT {

  private static final String POLICY =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: deny, namespace: default}
      spec:
        selector: {matchLabels: {app: deny}}
        action: DENY
        rules:
        - to: [{operation: {paths: ["/admin", "/admin/*"]}}]
      """;

  @TempDir private Path directory;

  /** Without its advice a hook cannot be woven, without what that calls it fails each time. */
  @ParameterizedTest
  @CsvSource({
    "JDK HttpServer, jdkhttpserver/GateAdvice",
    "JDK HttpServer, jdkhttpserver/ExchangeGate",
    "Tomcat 10.1, tomcat/GateAdvice",
    "Tomcat 10.1, tomcat/CoyoteGate"
  })
  void permissiveRefusesWhatCannotBeJudgedWherePoliciesApply(String server, String missing)
      throws Exception {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(rules.resolve("policy.yaml"), POLICY);
    Path agent = agentWithout(missing + ".classdata");
    try (Control control = new Control(rules, 0, directory.resolve("control.log"))) {
      for (Jdk jdk : Jdk.all()) {
        try (GuardedProcess open = process(agent, jdk, server, control, "none");
            GuardedProcess guarded = process(agent, jdk, server, control, "deny")) {
          assertThat(open.send(get("/public"))).endsWith(Guarded.OPEN);
          assertThat(open.send(get("/admin/x"))).endsWith(Guarded.GUARDED);
          Await.until(
              server + " knows its policies",
              () -> !guarded.send(get("/admin/x")).contains(Guarded.GUARDED));
          assertThat(guarded.send(get("/public"))).doesNotContain(Guarded.OPEN);
          assertThat(guarded.errors()).contains("[heddle] warning: ");
        }
      }
    }
  }

  private GuardedProcess process(Path agent, Jdk jdk, String server, Control control, String app)
      throws IOException, InterruptedException {
    Map<String, String> settings = Map.of("CONTROL", control.address(), "LABELS", "app=" + app);
    Path log = directory.resolve(jdk.name() + app + ".log");
    return new GuardedProcess(agent, jdk, server, settings, log);
  }

  private Path agentWithout(String suffix) throws IOException {
    Path copy = directory.resolve("broken.jar");
    int left = 0;
    try (JarFile jar = new JarFile(ProbeProcess.AGENT.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().endsWith(suffix)) {
          left++;
          continue;
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    assertThat(left).as("classes %s", suffix).isOne();
    return copy;
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }
}
