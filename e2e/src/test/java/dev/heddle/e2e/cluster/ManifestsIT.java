package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests below {@code k8s}: what kubectl makes of them, and what an API server says. */
@ClusterTest
class ManifestsIT {

  private static final Path HOME = Path.of(System.getProperty("heddle.home"));
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String REGISTRY = "registry.example/mesh";

  @TempDir private Path folder;

  private final Cluster cluster;

  ManifestsIT(Cluster cluster) {
    this.cluster = cluster;
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "minikube", "production", "coexist-with-istio"})
  void installRendersWhatKubectlDoesAndAnApiServerTakesIt(String overlay) throws IOException {
    String rendered = rendered(overlay);
    Path ours = Files.createDirectory(folder.resolve("ours"));
    Files.writeString(ours.resolve("all.yaml"), rendered);
    Files.writeString(ours.resolve("kustomization.yaml"), "resources: [all.yaml]\n");

    assertThat(cluster.kubectl("kustomize", ours.toString()))
        .isEqualTo(cluster.kubectl("kustomize", ofKubectl(overlay).toString()));
    // The mesh's namespace is not there, and a dry run makes none.
    String own = "namespace: \"" + cluster.namespace() + "\"";
    String yaml = rendered.replace("namespace: \"heddle-system\"", own);
    dryRun(Files.writeString(folder.resolve("all.yaml"), yaml));
  }

  private Path ofKubectl(String overlay) throws IOException {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Path manifests = HOME.resolve("k8s").toRealPath();
    Path source = manifests.resolve(overlay.equals("base") ? overlay : "overlays/" + overlay);
    Files.writeString(
        theirs.resolve("kustomization.yaml"),
        """
        resources: [%s]
        images:
        - {name: heddle-control, newName: %2$s/control, newTag: "1"}
        - {name: heddle-node, newName: %2$s/node, newTag: "1"}
        - {name: heddle-agent, newName: %2$s/agent, newTag: "1"}
        """
            .formatted(theirs.toRealPath().relativize(source), REGISTRY));
    return theirs;
  }

  @Test
  void anApiServerTakesTheSamples() throws IOException {
    // They stay, as what all tests of rules want; those of another mesh are left alone.
    if (cluster.tryKubectl("get", "crd", "virtualservices.networking.istio.io").exit() != 0) {
      cluster.kubectl("apply", "--server-side", "-k", HOME.resolve("k8s/crds").toString());
      cluster.kubectl(
          "wait", "--for=condition=Established", "crd", "-l", "app.kubernetes.io/part-of=heddle");
    }
    Path samples = HOME.resolve("k8s/samples");
    String shop = cluster.kubectl("kustomize", samples.resolve("shop").toString());
    String own = shop.replace("namespace: shop", "namespace: " + cluster.namespace());

    dryRun(Files.writeString(folder.resolve("shop.yaml"), own));
    dryRun(samples.resolve("shop/rules"));
    dryRun(samples.resolve("bookinfo/rules.yaml"));
  }

  @Test
  void aClusterIsLookedAtBeforeInstall() throws IOException {
    Command.Result result =
        control("check", "--pre", "--json", "--kubeconfig", cluster.kubeconfig().toString());

    assertThat(result.exit()).as(result.error() + result.output()).isZero();
    assertThat(result.output())
        .contains("\"Kubernetes version\"", "\"clock\"", "\"permissions\"")
        .doesNotContain("\"ERROR\"");
  }

  private void dryRun(Path file) {
    cluster.kubectl(
        "apply", "--server-side", "--dry-run=server", "--force-conflicts", "-f", file.toString());
  }

  private static String rendered(String overlay) throws IOException {
    String manifests = HOME.resolve("k8s").toString();
    List<String> words = new ArrayList<>(List.of("install", "--dry-run", "--overlay", overlay));
    words.addAll(List.of("--manifests", manifests, "--image-registry", REGISTRY));
    words.addAll(List.of("--image-tag", "1"));
    Command.Result result = control(words.toArray(String[]::new));
    assertThat(result.exit()).as(result.error()).isZero();
    return result.output();
  }

  private static Command.Result control(String... words) throws IOException {
    Path jar = HOME.resolve("control/target/heddle-control.jar");
    return Command.of(JAVA, "-jar", jar.toString()).with(List.of(words)).run(LIMIT);
  }
}
