package dev.heddle.control.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What ConfigMap heddle may say. */
class MeshSettingsTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private MeshSettings read(String yaml) {
    return MeshSettings.read(yaml, serialization);
  }

  @Test
  void whatIsSaidIsRead() {
    MeshSettings settings =
        read(
            """
            trustDomain: mesh.example
            certificateLifetime: 1h
            rootNamespace: heddle-system
            outboundTrafficPolicy: {mode: ALLOW_ANY}
            """);
    assertThat(settings.trustDomain()).isEqualTo("mesh.example");
    assertThat(settings.certificateLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.options().rootNamespace()).isEqualTo("heddle-system");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void anUnknownKeyIsNamed() {
    assertThat(read("rootNamespaces: a").problems())
        .containsExactly(
            "rootNamespaces is not known (expected: one of trustDomain, certificateLifetime,"
                + " rootNamespace, outboundTrafficPolicy)");
  }

  @Test
  void aPolicyThatIsNotHonouredIsSaid() {
    assertThat(read("outboundTrafficPolicy: {mode: REGISTRY_ONLY}").problems().toString())
        .contains("REGISTRY_ONLY", "ALLOW_ANY");
  }

  @Test
  void whatIsNoSettingIsAProblemAndNothingElse() {
    assertThat(read("- a").problems().toString()).contains("no map");
    assertThat(read("a: [").problems().toString()).contains("not YAML");
    assertThat(read("certificateLifetime: soon").problems().toString()).contains("soon");
    assertThat(read("trustDomain: 7").problems().toString()).contains("trustDomain is 7");
    assertThat(read("")).isEqualTo(MeshSettings.NONE);
  }

  @Test
  void whatNeedsANewStartIsSaid() {
    assertThat(read("trustDomain: other").since(MeshSettings.NONE).problems())
        .containsExactly(
            "trustDomain has changed and is taken when heddle-control is started anew");
    assertThat(read("rootNamespace: other").since(MeshSettings.NONE).problems()).isEmpty();
  }
}
