package dev.heddle.control.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of an authority that several processes have in common, as text by name: what is kept
 * elsewhere and brought into the directory of each.
 */
public final class SharedAuthority {

  /** Without one of these there is no authority. */
  private static final List<String> NEEDED =
      List.of(CaFiles.CERTIFICATE, CaFiles.KEY, CaFiles.ROOTS);

  private final Path path;
  private final CaDirectory directory;

  /** Nothing is read or made yet. */
  public SharedAuthority(Path path, InstantSource clock, SecureRandom random) {
    this.path = path;
    this.directory = new CaDirectory(path, clock, random);
  }

  /** What is in the directory; a root is made where there is nothing. */
  public Map<String, String> openOrMake(String trustDomain) throws IOException {
    directory.open(trustDomain);
    return files();
  }

  /** What is in the directory now. */
  public Map<String, String> files() throws IOException {
    PrivateFiles.createDirectory(path);
    return PrivateFiles.alone(path, this::read);
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String name : CaFiles.SHARED) {
      if (Files.exists(directory.file(name))) {
        files.put(name, Files.readString(directory.file(name)));
      }
    }
    return files;
  }

  /**
   * Makes the directory hold these files and no others of an authority. IOException says what is
   * missing; nothing is changed then.
   *
   * @param changed when they came to be as they are, for steps that wait
   */
  public void become(Map<String, String> files, Instant changed) throws IOException {
    for (String name : NEEDED) {
      if (!files.containsKey(name)) {
        throw new IOException("no " + name + " (expected: " + NEEDED + ")");
      }
    }
    PrivateFiles.createDirectory(path);
    PrivateFiles.alone(path, () -> write(files, changed));
  }

  private Map<String, String> write(Map<String, String> files, Instant changed) throws IOException {
    Map<String, String> before = read();
    for (String name : CaFiles.SHARED) {
      String content = files.get(name);
      if (content == null) {
        Files.deleteIfExists(directory.file(name));
      } else if (!content.equals(before.get(name))) {
        PrivateFiles.write(directory.file(name), content);
        Files.setLastModifiedTime(directory.file(name), FileTime.from(changed));
      }
    }
    return before;
  }
}
