package dev.heddle.e2e;

import java.util.List;
import java.util.stream.Stream;

/** The table. */
public final class Scenarios {

  private Scenarios() {}

  /** All rows. */
  public static List<Scenario> all() {
    return Stream.of(
            MatchScenarios.all(),
            ChangeScenarios.all(),
            FailureScenarios.all(),
            BalanceScenarios.all(),
            HostScenarios.all(),
            LimitScenarios.all(),
            ConnectionScenarios.all(),
            ClientScenarios.all(),
            AppScenarios.all(),
            WireScenarios.all(),
            HttpsScenarios.all(),
            TlsScenarios.all())
        .flatMap(List::stream)
        .toList();
  }
}
