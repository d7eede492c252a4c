package dev.heddle.node.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.ruleset.CaptureSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

  @TempDir private Path directory;

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    Journal journal = new Journal(directory);
    assertThat(journal.read()).isEmpty();
    List<Journal.Entry> entries = List.of(entry(1, "shop/one"), entry(4_026_532_245L, "shop/two"));
    journal.write(entries);
    assertThat(journal.read()).isEqualTo(entries);
    journal.write(List.of());
    assertThat(journal.read()).isEmpty();
  }

  @Test
  void aLineThatCannotBeReadCostsNoOtherPod() throws Exception {
    Journal journal = new Journal(directory);
    journal.write(List.of(entry(7, "shop/one")));
    Path file = directory.resolve("pods");
    Files.writeString(file, "netns=x capture\nnonsense\n\n" + Files.readString(file));
    assertThat(journal.read()).containsExactly(entry(7, "shop/one"));
  }

  private static Journal.Entry entry(long inode, String pod) {
    return new Journal.Entry(inode, CaptureRequest.of(PodName.parse(pod), CaptureSettings.DEFAULT));
  }
}
