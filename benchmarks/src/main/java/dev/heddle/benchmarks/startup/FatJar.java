package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Java;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The app as most people start it: {@code java -jar}. */
final class FatJar {

  private final Agents agents;
  private final Rounds rounds;

  FatJar(Agents agents, Rounds rounds) {
    this.agents = agents;
    this.rounds = rounds;
  }

  /** Gives the name of the experiment. */
  String measure(Java java, Path jar, String jdk) throws IOException, InterruptedException {
    String experiment = "start-up, " + jdk;
    Launch plain = Launch.plain(java, jar);
    Launch later = agents.later(plain);
    rounds.prepare(later);
    rounds.measure(
        experiment,
        round -> {
          List<Launch> turns = new ArrayList<>(List.of(plain, agents.first(plain), later));
          if (rounds.hasReference(round)) {
            turns.add(agents.openTelemetry(plain));
          }
          return turns;
        });
    return experiment;
  }
}
