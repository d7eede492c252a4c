package dev.heddle.policy.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @Test
  void valuesOfEveryKindAreRead() {
    Map<String, Object> read =
        StrictJson.object(
            " {\"a\": [1, -2.5e3, true, false, null, \"\\u00e4\\n\\\"\"], \"b\": {}, \"n\": null} ");

    assertThat(read).containsOnlyKeys("a", "b");
    assertThat(read.get("a")).isEqualTo(Arrays.asList(1L, -2500.0, true, false, "ä\n\""));
    assertThat(read.get("b")).isEqualTo(Collections.emptyMap());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{}}",
        "{} {}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "{\"a\" 1}",
        "{\"a\": 01}",
        "{\"a\": +1}",
        "{\"a\": .5}",
        "{\"a\": 1.}",
        "{\"a\": NaN}",
        "{\"a\": 99999999999999999999}",
        "{\"a\": \"\n\"}",
        "{\"a\": \"\\x\"}",
        "{\"a\": \"\\u00g0\"}",
        "{\"a\": \"",
        "{\"a\": [1,]}",
        "{\"a\": 1, \"a\": 1}",
        "{\"a\": null, \"a\": 1}",
        "{\"a\": {\"b\": 1, \"b\": 2}}",
        "{\"a\": /* */ 1}",
        "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"
      })
  void whatIsNotStrictIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> StrictJson.object(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON of the token at ");
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    for (String json : new String[] {text, '{' + text + '}', "{\"a\":" + text + '}'}) {
      try {
        assertThat(StrictJson.object(json)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("JSON of the token at ");
      }
    }
  }
}
