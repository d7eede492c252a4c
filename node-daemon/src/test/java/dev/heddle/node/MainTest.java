package dev.heddle.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {

  @TempDir private Path directory;

  @Test
  void helpTeachesWithAnExample() {
    assertThat(run("--help"))
        .startsWith("0 ")
        .contains("heddle-control token --ca-dir ./ca --node node-1")
        .contains("--socket=SOCKET")
        .contains("127.0.0.1:15000");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(run("--node", "n"))
        .startsWith("2 heddle-node: Missing required options:")
        .contains("--control=HOST:PORT")
        .endsWith("--help says more\n");
  }

  @Test
  void wrongValuesAreToldWithWhatWasExpected() throws Exception {
    assertThat(with("--control", "nowhere"))
        .contains("--control: \"nowhere\" (expected: HOST:PORT)");
    assertThat(with("--control", "localhost:99999"))
        .contains("expected: HOST:PORT, port 0 to 65535");
    assertThat(with("--threads", "0")).contains("--threads 0 (expected: 1 to 256)");
    assertThat(with("--drain", "-1")).contains("--drain -1 (expected: 0 to 3600)");
    assertThat(with("--token-file", "absent")).contains("--token-file: cannot read absent");
    assertThat(with("--admin", "host.invalid:1")).contains("expected: a host that resolves");
  }

  private String with(String option, String value) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    List<String> options =
        new ArrayList<>(
            List.of(
                "--control=localhost:15012",
                "--token-file=" + file,
                "--control-ca=" + file,
                "--node=n",
                "--socket=" + directory.resolve("s"),
                "--state=" + directory));
    options.removeIf(given -> given.startsWith(option + "="));
    options.add(option + "=" + value);
    String said = run(options.toArray(String[]::new));
    assertThat(said).startsWith("2 ");
    return said;
  }

  private static String run(String... options) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    int exit = line.execute(options);
    return exit + " " + said;
  }
}
