package dev.heddle.control.client;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Resource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The last good configuration on disk: one delimited message per type behind a format line. */
final class LastGoodFile {

  private static final byte[] FORMAT = {'h', 'e', 'd', 'd', 'l', 'e', '1', '\n'};
  private static final String[] TYPES = {ResourceType.ROUTES, ResourceType.ENDPOINTS};

  private final Path file;

  LastGoodFile(Path directory) {
    this.file = directory.resolve("discovery.heddle");
  }

  /** Reads what was held; IOException if it is there but cannot be used. */
  void load(HeldResources held) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (Files.size(file) > ClientLimits.MAX_STATE_FILE_BYTES) {
      throw new IOException(
          file
              + " has "
              + Files.size(file)
              + " bytes (expected: at most "
              + ClientLimits.MAX_STATE_FILE_BYTES
              + ")");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
    for (byte expected : FORMAT) {
      if (in.read() != expected) {
        throw new IOException(file + " is not a file of this version; it is ignored");
      }
    }
    try {
      for (String type : TYPES) {
        DeltaDiscoveryResponse saved = DeltaDiscoveryResponse.parseDelimitedFrom(in);
        if (saved == null) {
          throw new IOException(file + " ends early; it is ignored");
        }
        for (Resource resource : saved.getResourcesList()) {
          held.restore(type, resource);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds what cannot be used: " + e.getMessage(), e);
    }
  }

  /** Writes what is held, as a whole or not at all. */
  void save(HeldResources held) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    for (String type : TYPES) {
      DeltaDiscoveryResponse.newBuilder()
          .setTypeUrl(type)
          .addAllResources(held.resources(type))
          .build()
          .writeDelimitedTo(out);
    }
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path whole = Files.createTempFile(directory, "discovery", ".tmp");
    try {
      Files.write(whole, out.toByteArray());
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
