package dev.heddle.control.ca;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Files that their owner alone may read, each whole or not there at all. */
final class PrivateFiles {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** What is done while no other process writes. */
  interface Work<T> {
    T run() throws IOException;
  }

  private PrivateFiles() {}

  /** Makes the directory where there is none. */
  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, permissions("rwx------"));
    }
  }

  /** Puts a file there or in place of the one that is: readers see the old one or the new. */
  static void write(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel out =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              permissions("rw-------"))) {
        ByteBuffer bytes = ByteBuffer.wrap(Pem.bytes(content));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Runs when no other process writes to the directory. */
  static <T> T alone(Path directory, Work<T> work) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(CaFiles.LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            permissions("rw-------"))) {
      channel.lock(); // until the channel is closed
      return work.run();
    }
  }

  /** Whether others than the owner may read or change a file; false where nobody can tell. */
  static boolean openToOthers(Path file) throws IOException {
    return POSIX && Files.getPosixFilePermissions(file).stream().anyMatch(FOREIGN::contains);
  }

  private static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}
