package dev.heddle.init.apply;

import dev.heddle.init.apply.Commands.Outcome;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.InstalledRules;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of one backend. Distributions ship them under its name, or under none. */
final class Iptables {

  private final Commands commands;
  private final Backend backend;
  private final String infix;

  private Iptables(Commands commands, Backend backend, String infix) {
    this.commands = commands;
    this.backend = backend;
    this.infix = infix;
  }

  /** Those that are on the PATH, nft first. */
  static List<Iptables> available(Commands commands) throws CaptureException {
    List<Iptables> found = new ArrayList<>();
    for (Backend backend : Backend.values()) {
      if (isOnPath("iptables-" + backend + "-restore")) {
        found.add(new Iptables(commands, backend, "-" + backend));
      }
    }
    if (found.isEmpty() && isOnPath("iptables-restore")) {
      String version = commands.run("iptables-restore", "--version").said();
      Backend backend = version.contains("nf_tables") ? Backend.NFT : Backend.LEGACY;
      found.add(new Iptables(commands, backend, ""));
    }
    if (found.isEmpty()) {
      throw new CaptureException(
          "no iptables-restore on the PATH \""
              + path()
              + "\" (expected: one of nft or legacy; install the package iptables)");
    }
    return found;
  }

  Backend backend() {
    return backend;
  }

  Outcome save(Family family) throws CaptureException {
    return commands.run(command(family) + "-save");
  }

  /** What is installed of ours; what cannot be read is told. */
  InstalledRules installed(Family family) throws CaptureException {
    Outcome saved = save(family);
    if (!saved.ok()) {
      throw new CaptureException(command(family) + "-save failed: " + saved.reason());
    }
    return InstalledRules.parse(saved.said());
  }

  /** One commit per table: a table holds all of its part or none of it. */
  void restore(Family family, String text) throws CaptureException {
    if (text.isEmpty()) {
      return;
    }
    String command = command(family) + "-restore";
    Outcome outcome = commands.feed(text, command, "--noflush", "--wait", "5");
    if (!outcome.ok()) {
      boolean raw = backend == Backend.LEGACY && outcome.reason().contains("initialize");
      throw new CaptureException(
          command
              + " refused the rules: "
              + outcome.reason()
              + (raw
                  ? "; legacy tables need the capability NET_RAW beside NET_ADMIN, and their module"
                  : ""));
    }
  }

  private String command(Family family) {
    return (family == Family.IPV4 ? "iptables" : "ip6tables") + infix;
  }

  private static boolean isOnPath(String command) {
    for (String directory : path().split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, command))) {
        return true;
      }
    }
    return false;
  }

  private static String path() {
    String path = System.getenv("PATH");
    return path == null ? "" : path;
  }
}
