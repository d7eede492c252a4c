package dev.heddle.init;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whom a pod asks for names. */
final class ResolverConfiguration {

  private static final Path FILE = Path.of("/etc/resolv.conf");
  private static final String NAME_SERVER = "nameserver";

  private ResolverConfiguration() {}

  /**
   * Those that are said, else those of the pod itself.
   *
   * @throws IllegalArgumentException for what is no address, and where there are none
   */
  static List<InetAddress> resolvers(List<String> said) {
    List<InetAddress> found =
        said.isEmpty() ? read(FILE) : said.stream().map(ResolverConfiguration::parse).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "DNS is to be captured, and "
              + FILE
              + " names nobody to ask (expected: --resolvers or --dns-port off)");
    }
    return found;
  }

  private static InetAddress parse(String text) {
    try {
      return InetAddress.ofLiteral(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--resolvers \"" + text + "\" (expected: IP addresses)", e);
    }
  }

  /** Name servers of a {@code resolv.conf(5)}, none where it cannot be read. */
  static List<InetAddress> read(Path file) {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 1 && words[0].equals(NAME_SERVER)) {
          add(words[1], found);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  private static void add(String address, List<InetAddress> found) {
    try {
      found.add(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      // libc skips it, too.
    }
  }
}
