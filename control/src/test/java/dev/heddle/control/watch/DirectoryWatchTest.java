package dev.heddle.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatchTest {

  private static final long DEADLINE_SECONDS = 10;

  private record Change(ConfigState state, List<ConfigProblem> problems) {
    List<String> names() {
      return state.objects().keySet().stream().map(ObjectKey::name).toList();
    }
  }

  @TempDir private Path parent;
  private Path directory;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private DirectoryWatch watch;

  @BeforeEach
  void follow() throws IOException {
    directory = Files.createDirectory(parent.resolve("rules"));
    write("a.yaml", "a");
    watch =
        DirectoryWatch.start(
            directory, (state, problems) -> changes.add(new Change(state, problems)));
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
  }

  private void write(String file, String... services) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String service : services) {
      text.append(
          "---\n{apiVersion: v1, kind: Service, metadata: {name: %s}}\n".formatted(service));
    }
    Files.writeString(directory.resolve(file), text);
  }

  private Change await(Predicate<Change> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (true) {
      Change change = changes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (change == null) {
        throw new AssertionError("no such change within " + DEADLINE_SECONDS + " s");
      }
      if (wanted.test(change)) {
        return change;
      }
    }
  }

  private Change await(String... names) throws InterruptedException {
    return await(change -> change.names().equals(List.of(names)));
  }

  @Test
  void theFirstStateIsToldBeforeTheStartReturns() {
    assertThat(changes.remove().names()).containsExactly("a");
  }

  @Test
  void newChangedAndDeletedFilesAreTold() throws Exception {
    write("b.yaml", "b");
    await("a", "b");
    write("b.yaml", "b", "c");
    await("a", "b", "c");
    Files.delete(directory.resolve("b.yaml"));
    await("a");
  }

  @Test
  void aFileThatAnEditorRenamesIntoPlaceIsTakenAndNothingIsLostMeanwhile() throws Exception {
    await("a");
    write("a.yaml.tmp", "a", "b");
    Files.move(directory.resolve("a.yaml"), directory.resolve("a.yaml~"));
    Files.move(
        directory.resolve("a.yaml.tmp"),
        directory.resolve("a.yaml"),
        StandardCopyOption.ATOMIC_MOVE);

    Change next = await(change -> true);

    assertThat(next.names()).containsExactly("a", "b");
  }

  @Test
  void problemsAreToldAndTheirEndToo() throws Exception {
    Files.writeString(directory.resolve("bad.yaml"), "{");
    await(change -> change.problems().size() == 1);
    Files.writeString(directory.resolve("bad.yaml"), "# nothing");
    await(change -> change.problems().isEmpty());
  }

  @Test
  void aDirectoryThatVanishesKeepsWhatItSaidAndIsFollowedWhenItIsBack() throws Exception {
    await("a");
    Path aside = parent.resolve("aside");
    Files.move(directory, aside);
    Files.move(aside, directory);
    write("b.yaml", "b");

    await("a", "b");
  }
}
