package dev.heddle.control.watch;

import dev.heddle.control.config.ConfigState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A directory read once: what is in force, and what is wrong with it. */
public record ConfigSnapshot(ConfigState state, List<ConfigProblem> problems) {

  /** IOException if the directory cannot be read or holds too much. */
  public static ConfigSnapshot read(Path directory) throws IOException {
    DirectoryReader.Reading reading = new DirectoryReader(directory, InstantSource.system()).read();
    return new ConfigSnapshot(reading.state(), reading.problems());
  }
}
