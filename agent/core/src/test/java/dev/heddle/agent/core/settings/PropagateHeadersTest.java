package dev.heddle.agent.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.agent.core.context.Propagation;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class PropagateHeadersTest {

  private static SettingsReader reader(String arguments) {
    return new SettingsReader(Collections.emptyMap(), Collections.emptyMap(), arguments);
  }

  @Test
  void tracingIsTheDefault() {
    assertThat(reader("").read().propagateHeaders()).containsExactlyElementsOf(Propagation.TRACING);
  }

  @Test
  void aListReplacesItUnlessItNamesIt() {
    assertThat(reader("propagate_headers=End-User,x-tenant").read().propagateHeaders())
        .containsExactly("end-user", "x-tenant");
    assertThat(reader("propagate_headers=tracing,end-user").read().propagateHeaders())
        .contains("traceparent", "end-user");
  }

  @Test
  void offMeansNone() {
    assertThat(reader("propagate_headers=off").read().propagateHeaders()).isEmpty();
  }

  @Test
  void aHeaderThatCannotBeInheritedIsAWarningAndTheDefaultHolds() {
    SettingsReader reader = reader("propagate_headers=host");
    assertThat(reader.read().propagateHeaders()).containsExactlyElementsOf(Propagation.TRACING);
    assertThat(reader.warnings()).singleElement().asString().contains("HEDDLE_PROPAGATE_HEADERS");
  }
}
