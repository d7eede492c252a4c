package dev.heddle.agent.core.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.agent.core.inbound.Authorization;
import org.junit.jupiter.api.Test;

final class ExplainPageTest {

  private final ExplainPage page =
      new ExplainPage(
          new Authorization(false, line -> {}, System::nanoTime, System::currentTimeMillis));

  @Test
  void withoutPoliciesEverybodyIsLetIn() {
    assertThat(page.apply("port=8080&method=GET&path=%2Fx&from=cluster.local/ns/a/sa/b"))
        .isEqualTo("allowed: no policy applies\n");
    assertThat(page.apply("port=8080")).isEqualTo("allowed: no policy applies\n");
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThatThrownBy(() -> page.apply("")).hasMessageContaining("port=null");
    assertThatThrownBy(() -> page.apply("port=0")).hasMessageContaining("port=0 (expected");
    assertThatThrownBy(() -> page.apply("port=1&from=me")).hasMessageContaining("from=me");
    assertThatThrownBy(() -> page.apply("port=1&ip=here")).hasMessageContaining("ip=here");
    assertThatThrownBy(() -> page.apply("port=1&pfad=/")).hasMessageContaining("[pfad] (expected");
  }
}
