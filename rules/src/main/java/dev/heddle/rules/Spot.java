package dev.heddle.rules;

import dev.heddle.rules.SpecWalk.Finding;
import dev.heddle.rules.virtualservice.Percent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a rule, and the list to which goes what is wrong there. */
record Spot(List<Object> path, List<Finding> findings) {

  private static final int MAX_PORT = 65_535;
  private static final long MIN_DURATION_NANOS = 1_000_000; // Istio's, as in its CRDs

  static Spot spec() {
    return new Spot(List.of("spec"), new ArrayList<>());
  }

  Spot at(Object... steps) {
    List<Object> longer = new ArrayList<>(path);
    longer.addAll(List.of(steps));
    return new Spot(List.copyOf(longer), findings);
  }

  void wrong(String message) {
    findings.add(new Finding(path, message));
  }

  void needs(@Nullable String text, String what) {
    if (text == null || text.isEmpty()) {
      wrong("is absent (expected: " + what + ")");
    }
  }

  void port(@Nullable Long number) {
    if (number == null || number < 1 || number > MAX_PORT) {
      wrong((number == null ? "is absent" : "is " + number) + " (expected: 1 to " + MAX_PORT + ")");
    }
  }

  void percent(@Nullable Percent percent) {
    Double value = percent == null ? null : percent.value();
    if (value != null && !(value >= 0 && value <= 100)) {
      wrong("is " + value + " (expected: 0 to 100)");
    }
  }

  void between(@Nullable Number number, long least, long most) {
    if (number != null && (number.longValue() < least || number.longValue() > most)) {
      wrong("is " + number + " (expected: " + least + " to " + most + ")");
    }
  }

  void atLeastZero(@Nullable Number number) {
    if (number != null && number.longValue() < 0) {
      wrong("is " + number + " (expected: >= 0)");
    }
  }

  /** Zero stands for none where Istio takes it for that. */
  void duration(@Nullable GoDuration duration, boolean zeroAllowed) {
    if (duration == null || (zeroAllowed && duration.nanos() == 0)) {
      return;
    }
    if (duration.nanos() < MIN_DURATION_NANOS) {
      wrong("is " + duration.text() + " (expected: at least 1ms)");
    }
  }
}
