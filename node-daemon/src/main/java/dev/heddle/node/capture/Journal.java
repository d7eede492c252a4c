package dev.heddle.node.capture;

import dev.heddle.init.handover.CaptureRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pods are captured, on disk: the next daemon finds them again after a crash. One file, one
 * line per pod: the number of its namespace, and the line that init asked with. Not for two threads
 * at a time.
 */
final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");
  private static final String NETNS = "netns=";

  private final Path file;

  Journal(Path directory) {
    this.file = directory.resolve("pods");
  }

  /** A pod that was captured by an earlier daemon. */
  record Entry(long inode, CaptureRequest request) {

    static Entry of(CapturedPod pod) {
      return new Entry(pod.sockets().namespace().inode(), pod.request());
    }

    String toLine() {
      return NETNS + inode + " " + request.toLine();
    }

    static Entry parse(String line) {
      int space = line.indexOf(' ');
      if (!line.startsWith(NETNS) || space < 0) {
        throw new IllegalArgumentException("\"" + line + "\" (expected: netns=… capture pod=…)");
      }
      return new Entry(
          Long.parseLong(line, NETNS.length(), space, 10),
          CaptureRequest.parse(line.substring(space + 1)));
    }
  }

  /** Those of the last write; a line that cannot be read is told and left out. */
  List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(file)) {
      return entries;
    }
    for (String line : Files.readAllLines(file)) {
      try {
        entries.add(Entry.parse(line));
      } catch (IllegalArgumentException e) {
        LOG.warn("{}: a line is left out: {}", file, e.getMessage());
      }
    }
    return entries;
  }

  /** Replaces what was written before, in one step. */
  void write(Collection<Entry> pods) throws IOException {
    Path next = file.resolveSibling("pods.new");
    Files.write(next, pods.stream().map(Entry::toLine).toList());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
