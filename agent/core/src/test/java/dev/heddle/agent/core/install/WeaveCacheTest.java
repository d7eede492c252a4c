package dev.heddle.agent.core.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeaveCacheTest {

  private static final byte[] ORIGINAL = {1, 2, 3};
  private static final byte[] WOVEN = {4, 5, 6, 7};

  @TempDir private Path folder;

  private File file() {
    return folder.resolve("state").resolve("woven").toFile();
  }

  private WeaveCache saved() throws IOException {
    WeaveCache cache = WeaveCache.read(file(), "agent 1, jdk 17");
    cache.add("a.B", ORIGINAL, WOVEN);
    cache.save();
    return cache;
  }

  @Test
  void whatOneStartWeavesTheNextOneFinds() throws IOException {
    saved();
    WeaveCache next = WeaveCache.read(file(), "agent 1, jdk 17");
    assertThat(next.find("a.B", ORIGINAL)).isEqualTo(WOVEN);
  }

  @Test
  void aClassWithOtherBytesIsNotFound() throws IOException {
    assertThat(saved().find("a.B", new byte[] {1, 2})).isNull();
  }

  @Test
  void twoVersionsOfAClassAreKeptSideBySide() throws IOException {
    WeaveCache cache = saved();
    cache.add("a.B", new byte[] {9}, new byte[] {8});
    cache.save();
    WeaveCache next = WeaveCache.read(file(), "agent 1, jdk 17");
    assertThat(next.find("a.B", ORIGINAL)).isEqualTo(WOVEN);
    assertThat(next.find("a.B", new byte[] {9})).containsExactly(8);
  }

  @Test
  void aFileOfAnotherAgentOrJdkIsAsGoodAsEmpty() throws IOException {
    saved();
    assertThat(WeaveCache.read(file(), "agent 1, jdk 25").isEmpty()).isTrue();
  }

  @Test
  void aFileThatIsCutAnywhereIsAsGoodAsEmpty() throws IOException {
    saved();
    byte[] whole = Files.readAllBytes(file().toPath());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file().toPath(), java.util.Arrays.copyOf(whole, length));
      assertThat(WeaveCache.read(file(), "agent 1, jdk 17").isEmpty()).isTrue();
    }
  }

  @Test
  void aFlippedByteAnywhereIsNoticed() throws IOException {
    saved();
    byte[] whole = Files.readAllBytes(file().toPath());
    for (int at = 0; at < whole.length; at++) {
      byte[] broken = whole.clone();
      broken[at] ^= 0x41;
      Files.write(file().toPath(), broken);
      assertThat(WeaveCache.read(file(), "agent 1, jdk 17").isEmpty()).isTrue();
    }
  }

  @Test
  void garbageIsReplacedByTheNextSave() throws IOException {
    Files.createDirectories(file().toPath().getParent());
    Files.write(file().toPath(), "garbage".getBytes(StandardCharsets.US_ASCII));
    saved();
    assertThat(WeaveCache.read(file(), "agent 1, jdk 17").isEmpty()).isFalse();
  }

  @Test
  void savingLeavesNothingButTheFile() throws IOException {
    saved();
    assertThat(file().getParentFile().list()).containsExactly("woven");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaid() throws IOException {
    Files.write(folder.resolve("state"), new byte[0]);
    WeaveCache cache = WeaveCache.read(file(), "key");
    cache.add("a.B", ORIGINAL, WOVEN);
    assertThatThrownBy(cache::save).isInstanceOf(IOException.class).hasMessageContaining("state");
  }

  @Test
  void withoutAStateDirectoryNothingIsKept() throws IOException {
    WeaveCache none = WeaveCache.none();
    none.add("a.B", ORIGINAL, WOVEN);
    none.save();
    assertThat(none.isEmpty()).isTrue();
  }
}
