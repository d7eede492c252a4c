package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Starts that follow each other, again and again; who begins changes from round to round. */
final class Rounds {

  private final int rounds;
  private final FirstAnswer firstAnswer;
  private final Samples samples;
  private final Consumer<String> progress;

  Rounds(int rounds, FirstAnswer firstAnswer, Samples samples, Consumer<String> progress) {
    this.rounds = rounds;
    this.firstAnswer = firstAnswer;
    this.samples = samples;
    this.progress = progress;
  }

  /** The starts of a round. */
  interface Turns {
    List<Launch> of(int round) throws IOException;
  }

  void measure(String experiment, Turns turns) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      progress.accept(experiment + ", round " + (round + 1) + " of " + rounds);
      List<Launch> launches = new ArrayList<>(turns.of(round));
      Collections.rotate(launches, round);
      for (Launch launch : launches) {
        samples.add(experiment, round, launch.arm(), firstAnswer.of(launch));
      }
    }
  }

  /** A start that is not counted: it leaves behind what the next ones find. */
  void prepare(Launch launch) throws IOException, InterruptedException {
    firstAnswer.of(launch);
  }

  /** Half the rounds tell enough of a reference. */
  boolean hasReference(int round) {
    return round < (rounds + 1) / 2;
  }
}
