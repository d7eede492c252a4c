package dev.heddle.control.client;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.DeltaDiscoveryResponse;
import dev.heddle.api.discovery.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The last good configuration on disk: one delimited message per type behind a format line. */
final class LastGoodFile {

  private static final byte[] FORMAT = {'h', 'e', 'd', 'd', 'l', 'e', '4', '\n'};
  private static final String[] TYPES = {
    ResourceType.ROUTES,
    ResourceType.ENDPOINTS,
    ResourceType.TRUST_BUNDLE,
    ResourceType.WORKLOAD,
    ResourceType.NODE_PODS,
    ResourceType.NAMES
  };

  private final Path file;

  LastGoodFile(Path directory) {
    this.file = directory.resolve("discovery.heddle");
  }

  /** What was held, nothing if there is no file; IOException if it is there but of no use. */
  HeldResources load() throws IOException {
    HeldResources held = new HeldResources();
    if (!Files.exists(file)) {
      return held;
    }
    byte[] bytes = bytes();
    if (!Arrays.equals(Arrays.copyOf(bytes, FORMAT.length), FORMAT)) {
      throw new IOException(file + " is not a file of this version; it is ignored");
    }
    CodedInputStream in =
        CodedInputStream.newInstance(bytes, FORMAT.length, bytes.length - FORMAT.length);
    try {
      for (String type : TYPES) {
        // A message read in place would end where the file does, be it cut off or not.
        byte[] message = in.readByteArray();
        for (Resource resource : DeltaDiscoveryResponse.parseFrom(message).getResourcesList()) {
          held.restore(type, resource);
        }
      }
      return held;
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new IOException(
          file + " holds what cannot be used, " + e.getMessage() + "; it is ignored", e);
    }
  }

  private byte[] bytes() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is no regular file; it is ignored");
    }
    if (Files.size(file) > ClientLimits.MAX_STATE_FILE_BYTES) {
      throw new IOException(
          file
              + " has "
              + Files.size(file)
              + " bytes (expected: at most "
              + ClientLimits.MAX_STATE_FILE_BYTES
              + "); it is ignored");
    }
    return Files.readAllBytes(file);
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
