package dev.heddle.control.kubernetes.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestsTest {

  private static final Path HOME = Path.of("..", "k8s");

  @ParameterizedTest
  @ValueSource(strings = {"base", "minikube", "production", "coexist-with-istio"})
  void imagesAreThoseOfTheRegistryWhereverTheyAreNamed(String overlay) throws IOException {
    Manifests manifests = Manifests.read(HOME, overlay, "registry.example/mesh", "1.2");

    JsonNode control = container(manifests, "Deployment", "heddle-control");
    assertThat(control.path("image").asText()).isEqualTo("registry.example/mesh/control:1.2");
    assertThat(control.path("env").findValuesAsText("value"))
        .containsExactlyInAnyOrder(
            "registry.example/mesh/agent:1.2", "registry.example/mesh/node:1.2");
    assertThat(container(manifests, "DaemonSet", "heddle-node").path("image").asText())
        .isEqualTo("registry.example/mesh/node:1.2");
  }

  @Test
  void besideIstioItsKindsAndItsLabelsAreLeftToIt() throws IOException {
    Manifests manifests = Manifests.read(HOME, "coexist-with-istio", "r", "t");

    assertThat(manifests.objects())
        .noneMatch(object -> object.path("kind").asText().equals("CustomResourceDefinition"));
    JsonNode injector = object(manifests, "MutatingWebhookConfiguration", "heddle-injector");
    assertThat(injector.path("webhooks").findValuesAsText("name"))
        .contains(
            "namespace.inject.heddle.dev", "revision.inject.heddle.dev", "pod.inject.heddle.dev")
        .noneMatch(name -> name.startsWith("istio-"));
  }

  @Test
  void kindsOfRulesCanBeLeftOut() throws IOException {
    Manifests manifests = Manifests.read(HOME, "base", "r", "t").withoutRuleKinds();

    assertThat(manifests.yaml()).doesNotContain("CustomResourceDefinition");
  }

  @Test
  void wordsThatYamlTakesForBooleansStayWords() throws IOException {
    Manifests manifests = Manifests.read(HOME, "base", "r", "t");

    assertThat(manifests.yaml()).contains("prometheus.io/scrape: \"true\"");
  }

  @Test
  void anOverlayThatIsNotThereIsAnsweredWithThoseThatAre() {
    assertThatThrownBy(() -> Manifests.read(HOME, "staging", "r", "t"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no overlay \"staging\" (expected: base, coexist-with-istio, minikube, production)");
  }

  @Test
  void aFieldOfKustomizeThatIsNotReadIsAnError(@TempDir Path home) throws IOException {
    folder(home, "base", "resources: []\nnamePrefix: my-\n");

    assertThatThrownBy(() -> Manifests.read(home, "base", "r", "t"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("field namePrefix is not rendered here")
        .hasMessageContaining("kubectl apply -k");
  }

  @Test
  void aPatchOfNothingIsAnError(@TempDir Path home) throws IOException {
    folder(
        home,
        "base",
        """
        patches:
        - target: {kind: Deployment, name: absent}
          patch: |-
            - {op: remove, path: /spec}
        """);

    assertThatThrownBy(() -> Manifests.read(home, "base", "r", "t"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Deployment absent, which is not there");
  }

  private static void folder(Path home, String name, String kustomization) throws IOException {
    Files.createDirectories(home.resolve("overlays"));
    Path folder = Files.createDirectories(home.resolve(name));
    Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
  }

  private static JsonNode container(Manifests manifests, String kind, String name) {
    return object(manifests, kind, name).at("/spec/template/spec/containers/0");
  }

  private static JsonNode object(Manifests manifests, String kind, String name) {
    List<JsonNode> found =
        manifests.objects().stream()
            .filter(object -> object.path("kind").asText().equals(kind))
            .filter(object -> object.at("/metadata/name").asText().equals(name))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
