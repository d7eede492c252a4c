package dev.heddle.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.config.ObjectKey;
import dev.heddle.control.index.MeshIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand documents that went wrong, beside one that is right. */
class HostileYamlTest {

  private static final int DOCUMENTS = 1_000;
  private static final long SEED = 20_261_121;

  private static final String GOOD =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: good}
      spec: {ports: [{port: 80}]}
      """;

  private static final List<String> VALID =
      List.of(
          """
          apiVersion: networking.istio.io/v1
          kind: VirtualService
          metadata: {name: victim}
          spec:
            hosts: [reviews]
            http:
            - match: [{uri: {prefix: /a}, headers: {x: {exact: y}}}]
              timeout: 1s
              retries: {attempts: 2, retryOn: 5xx}
              fault: {abort: {httpStatus: 500, percentage: {value: 10}}}
              route: [{destination: {host: reviews, subset: v1, port: {number: 9080}}, weight: 90}]
          """,
          """
          apiVersion: networking.istio.io/v1
          kind: DestinationRule
          metadata: {name: victim}
          spec:
            host: reviews
            trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: user, maglev: {tableSize: 13}}}}
            subsets: [{name: v1, labels: {version: v1}}]
          """,
          """
          apiVersion: networking.istio.io/v1
          kind: ServiceEntry
          metadata: {name: victim}
          spec:
            hosts: [a.example.com]
            resolution: STATIC
            ports: [{number: 80, name: http, protocol: HTTP, targetPort: 8080}]
            endpoints: [{address: 10.0.0.1, ports: {http: 9090}, weight: 3}]
          """,
          """
          apiVersion: v1
          kind: Service
          metadata: {name: reviews}
          spec: {ports: [{name: http, port: 9080, targetPort: web}], selector: {app: reviews}}
          """,
          """
          apiVersion: v1
          kind: Pod
          metadata: {name: victim, labels: {app: reviews}}
          spec: {containers: [{name: a, ports: [{name: web, containerPort: 8080}]}]}
          status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
          """,
          """
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata: {name: victim, labels: {kubernetes.io/service-name: reviews}}
          addressType: IPv4
          ports: [{name: http, port: 8080}]
          endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: victim}}]
          """,
          """
          apiVersion: security.istio.io/v1
          kind: AuthorizationPolicy
          metadata: {name: victim, annotations: {istio.io/dry-run: "true"}}
          spec:
            action: DENY
            rules:
            - from: [{source: {principals: [a/ns/b/sa/c], ipBlocks: [10.0.0.0/8, "::1"]}}]
              to: [{operation: {paths: ["/a/{*}", /b*], ports: ["80"], notMethods: [GET]}}]
              when: [{key: "request.headers[x]", values: [a]}]
          """,
          """
          apiVersion: security.istio.io/v1beta1
          kind: PeerAuthentication
          metadata: {name: victim}
          spec: {selector: {matchLabels: {app: a}}, mtls: {mode: STRICT}, portLevelMtls: {80: {mode: DISABLE}}}
          """,
          """
          apiVersion: security.istio.io/v1
          kind: RequestAuthentication
          metadata: {name: victim}
          spec: {jwtRules: [{issuer: a, jwks: "{\\"keys\\": []}", fromHeaders: [{name: x, prefix: y}]}]}
          """);

  private static final List<String> POISON =
      List.of(
          "-1",
          "99999999999999999999",
          "1e400",
          ".nan",
          "~",
          "''",
          "\"\\u0000\"",
          "{}",
          "[]",
          "*a",
          "&a [*a, *a]",
          "{a: {b: c}}",
          "[[[[]]]]",
          "!!binary AAAA",
          "yes",
          "\t",
          "{{",
          "- -",
          "?");

  @TempDir private Path directory;

  private static String mutate(Random random) {
    String text = VALID.get(random.nextInt(VALID.size()));
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      String poison = POISON.get(random.nextInt(POISON.size()));
      text =
          switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at); // cut short
            case 1 -> text.substring(0, at) + text.substring(end); // a hole
            case 2 -> text.substring(0, at) + poison + text.substring(end);
            case 3 -> text.replaceFirst("\\d+|[a-z]+(?=[,}\\]])", "X-" + random.nextInt(1 << 20));
            default -> valueReplaced(text, random, poison);
          };
      text = text.isEmpty() ? "-" : text;
    }
    return text;
  }

  private static String valueReplaced(String text, Random random, String poison) {
    List<Integer> colons =
        IntStream.range(0, text.length()).filter(i -> text.startsWith(": ", i)).boxed().toList();
    if (colons.isEmpty()) {
      return poison;
    }
    int value = colons.get(random.nextInt(colons.size())) + 2;
    int end = value;
    while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, value) + poison + text.substring(end);
  }

  private Set<String> complained(DirectoryReader.Reading reading) {
    return reading.problems().stream().map(ConfigProblem::file).collect(Collectors.toSet());
  }

  @Test
  void aThousandBrokenDocumentsAreRefusedAndTheGoodOneHolds() throws IOException {
    Random random = new Random(SEED);
    Files.writeString(directory.resolve("good.yaml"), GOOD);
    for (int i = 0; i < DOCUMENTS; i++) {
      Files.writeString(directory.resolve("bad-%04d.yaml".formatted(i)), mutate(random));
    }

    DirectoryReader.Reading reading = new DirectoryReader(directory, InstantSource.system()).read();

    assertThat(reading.state().objects()).containsKey(new ObjectKey("Service", "default", "good"));
    assertThat(complained(reading)).hasSizeGreaterThan(DOCUMENTS / 2);
    MeshIndex index = new MeshIndex(reading.state());
    assertThat(index.routes("default", "good", 80)).isNotNull();
    index.routes("default", "reviews", 9080);
    index.endpoints("default", "reviews.default.svc.cluster.local", 9080);
    assertThat(index.workload("default", Map.of("app", "a"))).isNotNull();
  }

  @Test
  void bombsAreRefusedWithAReason() throws IOException {
    Files.writeString(directory.resolve("deep.yaml"), "a: " + "[".repeat(100_000));
    Files.writeString(directory.resolve("nested.yaml"), "a: " + "[".repeat(500) + "]".repeat(500));
    Files.writeString(directory.resolve("alias.yaml"), aliasBomb());
    Files.writeString(directory.resolve("self.yaml"), "a: &a [*a]");
    Files.writeString(directory.resolve("wide.yaml"), "a: [" + "1,".repeat(500_000) + "1]");
    Files.write(directory.resolve("binary.yaml"), new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe});
    Files.writeString(directory.resolve("good.yaml"), GOOD);

    DirectoryReader.Reading reading = new DirectoryReader(directory, InstantSource.system()).read();

    assertThat(complained(reading))
        .containsExactlyInAnyOrder(
            "deep.yaml", "nested.yaml", "alias.yaml", "self.yaml", "wide.yaml", "binary.yaml");
    assertThat(reading.state().objects()).hasSize(1);
  }

  private static String aliasBomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    return text.toString();
  }
}
