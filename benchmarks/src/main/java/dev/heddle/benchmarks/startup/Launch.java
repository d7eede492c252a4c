package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Java;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A way to start the app.
 *
 * @param arm its name among the samples
 * @param jar the app
 */
record Launch(
    String arm, Java java, List<String> options, Map<String, String> environment, Path jar) {

  /**
   * As in a small container. The heap has its size from the start: both arms touch all of it, so
   * that garbage which was not collected yet is not taken for memory of the agent.
   */
  private static final List<String> CONTAINER = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

  /** As the app is started by itself. */
  static Launch plain(Java java, Path jar) {
    return new Launch(Arm.PLAIN, java, CONTAINER, Map.of(), jar);
  }

  /** With one more option. */
  Launch with(String option) {
    List<String> all = new ArrayList<>(options);
    all.add(option);
    return new Launch(arm, java, all, environment, jar);
  }

  /** As another arm: with one more option and this environment. */
  Launch as(String newArm, String option, Map<String, String> newEnvironment) {
    return new Launch(newArm, java, options, newEnvironment, jar).with(option);
  }

  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java.command());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
