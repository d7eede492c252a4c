package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whatever a target is: each path that a server may read in it is known, or none is. */
final class RequestPathFuzzTest {

  /** What a rule may not be passed by lies in the first characters; servers end at some KiB. */
  private static final int MAX_CHARS = 200;

  @FuzzTest
  void whatAnyServerReadsIsAmongTheReadings(byte[] bytes) {
    if (bytes.length > MAX_CHARS) {
      return;
    }
    String target = new String(bytes, StandardCharsets.ISO_8859_1);
    Set<String> read = ServerReadings.of(target);
    String known = RequestPath.ofTarget(target);
    if (known != null) {
      assertThat(read).as("of the target %s", target).containsExactly(known);
    }
    for (String served : read) {
      if (PathReadings.isOnly(served, target)) {
        assertThat(read).as("of %s, served as %s", target, served).containsExactly(served);
      }
      List<@Nullable String> readings = Arrays.asList(PathReadings.of(served, target));
      if (!readings.contains(null)) {
        assertThat(readings).as("of %s, served as %s", target, served).containsAll(read);
      }
    }
  }
}
