package dev.heddle.rules.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** k8s/crds is what the records of the kinds make, and nothing else. */
final class CrdFilesTest {

  private static final Path CRDS = Path.of("../k8s/crds");

  @Test
  void theFilesAreCurrent() throws IOException {
    Map<String, String> made = new CrdFiles().all();
    if (Boolean.getBoolean("heddle.crds.write")) {
      write(made);
    }
    assertThat(found())
        .as(
            "make them anew with: ./mvnw -pl rules-schema -am test -Dtest=CrdFilesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dheddle.crds.write=true")
        .isEqualTo(made);
  }

  private static void write(Map<String, String> made) throws IOException {
    Files.createDirectories(CRDS);
    for (String name : found().keySet()) {
      Files.delete(CRDS.resolve(name));
    }
    for (Map.Entry<String, String> file : made.entrySet()) {
      Files.writeString(CRDS.resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, String> found() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(CRDS)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }
}
