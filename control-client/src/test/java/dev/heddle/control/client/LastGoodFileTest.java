package dev.heddle.control.client;

import static dev.heddle.api.codec.ResourceType.ENDPOINTS;
import static dev.heddle.api.codec.ResourceType.NODE_PODS;
import static dev.heddle.api.codec.ResourceType.ROUTES;
import static dev.heddle.api.codec.ResourceType.TRUST_BUNDLE;
import static dev.heddle.control.client.Resources.PORT;
import static dev.heddle.control.client.Resources.endpoints;
import static dev.heddle.control.client.Resources.garbage;
import static dev.heddle.control.client.Resources.name;
import static dev.heddle.control.client.Resources.nodePods;
import static dev.heddle.control.client.Resources.routes;
import static dev.heddle.control.client.Resources.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.control.client.renewal.TestRoot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodFileTest {

  private static final byte[] FORMAT = "heddle4\n".getBytes(StandardCharsets.US_ASCII);
  private static final String ROOT = TestRoot.pem(new TestRoot("mesh").certificate());
  private static final long SEED = 3;

  @TempDir private Path directory;
  private Path file;
  private LastGoodFile lastGood;

  @BeforeEach
  void open() {
    file = directory.resolve("discovery.heddle");
    lastGood = new LastGoodFile(directory);
  }

  private static HeldResources somethingHeld() {
    HeldResources held = new HeldResources();
    held.take(ROUTES, routes("a", "x"));
    held.take(ENDPOINTS, endpoints("x", "10.0.0.1"));
    held.take(TRUST_BUNDLE, trust(ROOT));
    held.take(NODE_PODS, nodePods("node-1", "shop", "cart-1"));
    return held;
  }

  @Test
  void whatIsSavedIsHeldAndFollowedAgain() throws IOException {
    HeldResources before = somethingHeld();
    lastGood.save(before);

    HeldResources after = lastGood.load();

    assertThat(after.usable()).isEqualTo(before.usable());
    assertThat(after.trust().bundle()).isEqualTo(before.trust().bundle());
    before.node().follow("node-1");
    after.node().follow("node-1");
    assertThat(after.node().pods()).hasSize(1).isEqualTo(before.node().pods());
    assertThat(after.followed(ROUTES)).containsExactly(name("a"));
    assertThat(after.version(ENDPOINTS, name("x"))).isEqualTo(before.version(ENDPOINTS, name("x")));
  }

  @Test
  void theDirectoryIsMadeAndNothingElseIsLeftInIt() throws IOException {
    Path deep = directory.resolve("a/b");
    LastGoodFile made = new LastGoodFile(deep);
    made.save(somethingHeld());
    made.save(new HeldResources());

    try (Stream<Path> files = Files.list(deep)) {
      assertThat(files).containsExactly(deep.resolve("discovery.heddle"));
    }
    assertThat(made.load().usable().routes()).isEmpty();
  }

  @Test
  void whereThereIsNoFileNothingIsHeld() throws IOException {
    assertThat(lastGood.load().usable().routes()).isEmpty();
    assertThat(new LastGoodFile(directory.resolve("nowhere")).load().followed(ROUTES)).isEmpty();
  }

  @Test
  void aDirectoryInItsPlaceIsSaid() throws IOException {
    Files.createDirectory(file);

    assertRefused("is no regular file; it is ignored");
    assertThatThrownBy(() -> lastGood.save(somethingHeld())).isInstanceOf(IOException.class);
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsSaidWhenItIsWritten() throws IOException {
    Path taken = Files.createFile(directory.resolve("taken"));
    LastGoodFile nowhere = new LastGoodFile(taken);

    assertThat(nowhere.load().usable().routes()).isEmpty();
    assertThatThrownBy(() -> nowhere.save(somethingHeld()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taken");
  }

  @Test
  void aFileThatMayNotBeReadIsSaid() throws IOException {
    lastGood.save(somethingHeld());
    boolean changed = file.toFile().setReadable(false);
    Assumptions.assumeTrue(changed && !Files.isReadable(file), "root reads everything");

    assertRefused("discovery.heddle");
  }

  @Test
  void aFileOfAnotherVersionIsSaid() throws IOException {
    Files.write(file, "heddle9\n".getBytes(StandardCharsets.US_ASCII));

    assertRefused("is not a file of this version; it is ignored");
  }

  @Test
  void aFileThatIsTooLongIsNotRead() throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(ClientLimits.MAX_STATE_FILE_BYTES + 1L);
    }

    assertRefused("has 67108865 bytes (expected: at most 67108864); it is ignored");
  }

  @Test
  void whereverAFileIsCutOffNothingOfItIsHeld() throws IOException {
    lastGood.save(somethingHeld());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));

      assertRefused("it is ignored");
    }
  }

  @Test
  void garbageIsSaidOrHarmless() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      Files.write(file, concat(FORMAT, garbage));
      try {
        assertThat(lastGood.load().usable()).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("discovery.heddle").hasMessageContaining("ignored");
      }
    }
  }

  @Test
  void aResourceThatCannotBeUsedSpoilsTheWholeFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    DeltaDiscoveryResponse.newBuilder()
        .addResources(routes("a", "x"))
        .addResources(garbage(ROUTES, "b"))
        .build()
        .writeDelimitedTo(out);
    DeltaDiscoveryResponse.getDefaultInstance().writeDelimitedTo(out);
    Files.write(file, out.toByteArray());

    assertRefused("holds what cannot be used, b:" + PORT);
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> lastGood.load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
