package dev.heddle.init.apply;

import dev.heddle.init.apply.Tables.Held;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.InstalledRules;
import dev.heddle.init.ruleset.PolicyRouting;
import dev.heddle.init.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The redirect rules of one network namespace. Each operation leads to the same state however often
 * it is done. Not for two threads or processes at a time.
 */
public final class Capture {

  private final Commands commands;
  private final ProcNet proc;
  private final Netns netns;
  private final Optional<Backend> wanted;

  /**
   * @param wanted the backend to use; empty to find out
   */
  public Capture(Netns netns, Optional<Backend> wanted) {
    this.netns = netns;
    this.wanted = wanted;
    this.commands = new Commands(netns);
    this.proc = new ProcNet(netns, commands);
  }

  /** What was done, for the log. */
  public record Done(Backend backend, Set<Family> families) {}

  /** Whether rules of ours are in force, whatever they say. */
  public boolean isInstalled() throws CaptureException {
    return look().ours();
  }

  /**
   * Puts the rules in place of whatever rules of ours are there. A family that the pod does not
   * have is left out.
   *
   * @throws CaptureException where something is refused; rules are then as they were if there were
   *     some, and else none are left
   */
  public Done install(CaptureSettings settings) throws CaptureException {
    Privileges.check(netns);
    Tables tables = look();
    Held held = tables.choose(wanted);
    try {
      for (Family family : held.rules().keySet()) {
        if (settings.families().contains(family)) {
          route(family);
        }
      }
      for (Map.Entry<Family, InstalledRules> entry : held.rules().entrySet()) {
        Ruleset rules = Ruleset.of(settings, entry.getKey());
        held.iptables().restore(entry.getKey(), rules.restoreText(entry.getValue()));
      }
      for (Held other : tables.all()) {
        if (other.iptables().backend() != held.iptables().backend()) {
          remove(other);
        }
      }
    } catch (CaptureException e) {
      if (!tables.ours()) {
        undo(e);
      }
      throw e;
    }
    Set<Family> captured = EnumSet.copyOf(held.rules().keySet());
    captured.retainAll(settings.families());
    return new Done(held.iptables().backend(), captured);
  }

  /**
   * Takes away what is ours in every backend and family; where there is nothing, nothing is done.
   */
  public void remove() throws CaptureException {
    Privileges.check(netns);
    for (Held held : look().all()) {
      remove(held);
    }
    for (Family family : families()) {
      if (PolicyRouting.isInstalled(commands.run(PolicyRouting.show(family)).said())) {
        ip(family, PolicyRouting.remove());
      }
    }
  }

  /** Differences between the settings and what the kernel holds; empty where there are none. */
  public List<String> differences(CaptureSettings settings) throws CaptureException {
    List<String> differences = new ArrayList<>();
    Held held = look().choose(wanted);
    for (Map.Entry<Family, InstalledRules> entry : held.rules().entrySet()) {
      Family family = entry.getKey();
      Ruleset rules = Ruleset.of(settings, family);
      List<String> missing = rules.missing(entry.getValue());
      missing.forEach(rule -> differences.add(family + ": not there: " + rule));
      if (missing.isEmpty() && !rules.isInstalled(entry.getValue())) {
        differences.add(family + ": rules that the settings do not ask for, or in another order");
      }
      if (settings.families().contains(family)
          && !PolicyRouting.isInstalled(commands.run(PolicyRouting.show(family)).said())) {
        differences.add(family + ": the ip rule for returning connections is not there");
      }
    }
    return differences;
  }

  /** Families that the namespace has. */
  public Set<Family> families() throws CaptureException {
    Set<Family> present = EnumSet.noneOf(Family.class);
    for (Family family : Family.values()) {
      if (proc.has(family)) {
        present.add(family);
      }
    }
    return present;
  }

  private Tables look() throws CaptureException {
    return Tables.look(commands, proc, families());
  }

  private void remove(Held held) throws CaptureException {
    for (Map.Entry<Family, InstalledRules> entry : held.rules().entrySet()) {
      held.iptables().restore(entry.getKey(), Ruleset.none().restoreText(entry.getValue()));
    }
  }

  private void route(Family family) throws CaptureException {
    if (!PolicyRouting.isInstalled(commands.run(PolicyRouting.show(family)).said())) {
      ip(family, PolicyRouting.install());
    }
  }

  private void ip(Family family, String batch) throws CaptureException {
    Commands.Outcome outcome = commands.feed(batch, "ip", "-" + family.digit(), "-batch", "-");
    if (!outcome.ok()) {
      throw new CaptureException(
          "ip -" + family.digit() + " -batch refused its lines: " + outcome.reason());
    }
  }

  private void undo(CaptureException cause) {
    try {
      remove();
    } catch (CaptureException e) {
      cause.addSuppressed(e);
    }
  }
}
