package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The directory that control follows. */
record RulesDirectory(Path path) {

  RulesDirectory {
    path.toFile().mkdirs();
  }

  /** Puts a scenario's rules into force for its host, in place of those before. */
  void write(String host, Scenario scenario, Map<String, Integer> ports, Map<String, String> values)
      throws IOException {
    Path whole = Files.createTempFile(path.getParent(), host, ".yaml");
    Files.writeString(whole, scenario.documents(host, ports, values));
    Files.move(whole, path.resolve(host + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }
}
