package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** What is in force at a moment, and what is wrong with it. */
public record ConfigSnapshot(ConfigState state, List<ConfigProblem> problems) {

  /** A directory read once. IOException if it cannot be read or holds too much. */
  public static ConfigSnapshot read(Path directory) throws IOException {
    DirectoryReader.Reading reading = new DirectoryReader(directory, InstantSource.system()).read();
    return new ConfigSnapshot(reading.state(), reading.problems());
  }
}
