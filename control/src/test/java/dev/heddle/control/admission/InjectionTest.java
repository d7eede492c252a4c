package dev.heddle.control.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of each shape of a pod. After a change that is meant: {@code -Dheddle.golden=write}
 * writes what is expected anew, to be read before it is committed.
 */
final class InjectionTest {

  static final InjectionSettings SETTINGS =
      new InjectionSettings(
          "heddle.test/agent:dev",
          "heddle.test/node:dev",
          InjectionSettings.DEFAULT_REVISION,
          "heddle-control.heddle-system.svc:15012");

  private static final boolean WRITE = "write".equals(System.getProperty("heddle.golden"));

  private final Injection injection = new Injection(SETTINGS);

  static List<PodShape> shapes() throws IOException {
    return PodShape.all();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aPodBecomesWhatIsExpectedAndASecondPassChangesNothing(PodShape shape) throws IOException {
    ObjectNode pod = shape.pod();
    ObjectNode untouched = pod.deepCopy();

    JsonNode patched = JsonPatch.apply(of(pod, shape.namespaceLabels()).patch(), pod);

    assertThat(pod).as("the given pod").isEqualTo(untouched);
    if (WRITE) {
      shape.expect((ObjectNode) patched);
    }
    assertThat(patched).isEqualTo(shape.expected());
    assertThat(of((ObjectNode) patched, shape.namespaceLabels()).patch()).isEmpty();
  }

  @Test
  void podsOfNamespacesThatMustWorkWithoutTheMeshStayAsTheyAre() throws IOException {
    ObjectNode pod = new PodShape(PodShape.all().getFirst().folder()).pod();
    for (String namespace : Selection.NEVER) {
      Map<String, String> enabled = Map.of("heddle.dev/inject", "enabled");
      assertThat(injection.of(pod, namespace, enabled).patch()).isEmpty();
    }
  }

  private Injection.Outcome of(ObjectNode pod, Map<String, String> namespaceLabels) {
    return injection.of(pod, "shop", namespaceLabels);
  }
}
