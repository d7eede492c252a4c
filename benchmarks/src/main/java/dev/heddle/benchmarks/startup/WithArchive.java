package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The app with an archive that was made without the agent, and one that was made with it. */
final class WithArchive {

  static final String FROM_ARCHIVE = "classesFromArchive";

  private final Agents agents;
  private final Archives archives;
  private final Rounds rounds;
  private final Samples samples;

  WithArchive(Agents agents, Archives archives, Rounds rounds, Samples samples) {
    this.agents = agents;
    this.archives = archives;
    this.rounds = rounds;
    this.samples = samples;
  }

  /** Where the numbers of classes are. */
  static String classesOf(String experiment) {
    return experiment + ", classes";
  }

  /** Gives the name of the experiment. */
  String measure(Archive archive, Java java, Path extracted, String jdk)
      throws IOException, InterruptedException {
    String experiment = "start-up with " + archive.label() + ", " + jdk;
    Launch bare = Launch.plain(java, extracted);
    Launch plain = bare.with(archives.make(archive, bare));
    List<Launch> turns =
        new ArrayList<>(List.of(plain, agents.agentlib(Arm.AGENTLIB, plain), agents.later(plain)));
    if (archive.isMadeWithAgents()) {
      turns.add(trained(archive, agents.agentlib(Arm.TRAINED, bare)));
    }
    count(experiment, Arm.NO_ARCHIVE, bare);
    for (Launch launch : turns) {
      count(experiment, launch.arm(), launch);
    }
    rounds.measure(experiment, round -> turns);
    return experiment;
  }

  private void count(String experiment, String arm, Launch launch)
      throws IOException, InterruptedException {
    double classes = archives.classesFromArchive(launch);
    samples.add(classesOf(experiment), 0, arm, Map.of(FROM_ARCHIVE, classes));
  }

  private Launch trained(Archive archive, Launch withAgent)
      throws IOException, InterruptedException {
    rounds.prepare(withAgent); // fills the weave cache
    return withAgent.with(archives.make(archive, withAgent));
  }
}
