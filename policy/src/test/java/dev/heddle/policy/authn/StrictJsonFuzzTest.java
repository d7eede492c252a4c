package dev.heddle.policy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is read of a token's JSON an app behind the gate, with another parser, reads too. */
final class StrictJsonFuzzTest {

  private static final ObjectMapper OTHER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @FuzzTest
  void whatIsReadAnotherReaderReadsAlike(byte[] bytes) throws JsonProcessingException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, Object> ours;
    try {
      ours = StrictJson.object(text);
    } catch (IllegalArgumentException e) {
      return; // to refuse more is allowed
    }
    assertThat((Object) ours).isEqualTo(comparable(OTHER.readValue(text, Object.class)));
  }

  /** Without nulls, which ours leaves out, and with all whole numbers as Long. */
  private static @Nullable Object comparable(@Nullable Object read) {
    if (read instanceof Integer) {
      return ((Integer) read).longValue();
    }
    if (read instanceof Map) {
      Map<String, Object> members = new LinkedHashMap<>();
      ((Map<?, ?>) read)
          .forEach(
              (name, value) -> {
                Object member = comparable(value);
                if (member != null) {
                  members.put((String) name, member);
                }
              });
      return members;
    }
    if (read instanceof List) {
      List<Object> items = new ArrayList<>();
      ((List<?>) read)
          .stream()
              .map(StrictJsonFuzzTest::comparable)
              .filter(Objects::nonNull)
              .forEach(items::add);
      return items;
    }
    return read;
  }
}
