package dev.heddle.init.apply;

import dev.heddle.init.ruleset.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel tells of a network namespace in {@code /proc/self/net}. */
final class ProcNet {

  private final Netns netns;
  private final Commands commands;

  ProcNet(Netns netns, Commands commands) {
    this.netns = netns;
    this.commands = commands;
  }

  /** Whether any address of the family is up; a pod without IPv6 has not even {@code ::1}. */
  boolean has(Family family) throws CaptureException {
    return family == Family.IPV4 || !read("if_inet6").isBlank();
  }

  /** Whether somebody made legacy tables here; asking iptables-legacy itself might make them. */
  boolean hasLegacyTables(Family family) throws CaptureException {
    return !read(family == Family.IPV4 ? "ip_tables_names" : "ip6_tables_names").isBlank();
  }

  /** Empty where there is no such file: the kernel lacks the part that would write it. */
  private String read(String file) throws CaptureException {
    String path = "/proc/self/net/" + file;
    if (netns.path().isPresent()) {
      Commands.Outcome outcome = commands.run("cat", path);
      return outcome.ok() ? outcome.said() : "";
    }
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      return "";
    }
  }
}
