package dev.heddle.init.apply;

import dev.heddle.init.apply.Commands.Outcome;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.InstalledRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a network namespace, and which backend is used there. Mixing them would redirect
 * twice, so rules of ours decide, then rules of others, then what the kernel can do: nft before
 * legacy.
 */
final class Tables {

  /** One backend with what it holds in each family that the pod has. */
  record Held(Iptables iptables, Map<Family, InstalledRules> rules) {
    boolean ours() {
      return rules.values().stream().anyMatch(installed -> !installed.isEmpty());
    }

    boolean others() {
      return rules.values().stream().anyMatch(installed -> installed.others() > 0);
    }
  }

  private final List<Held> usable;

  private Tables(List<Held> usable) {
    this.usable = List.copyOf(usable);
  }

  /** Looks; changes nothing. */
  static Tables look(Commands commands, ProcNet proc, Set<Family> families)
      throws CaptureException {
    List<Held> usable = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Iptables iptables : Iptables.available(commands)) {
      Map<Family, InstalledRules> rules = new EnumMap<>(Family.class);
      for (Family family : families) {
        if (iptables.backend() == Backend.LEGACY && !proc.hasLegacyTables(family)) {
          rules.put(family, InstalledRules.NONE);
          continue;
        }
        Outcome saved = iptables.save(family);
        if (saved.ok()) {
          rules.put(family, InstalledRules.parse(saved.said()));
        } else {
          refusals.add(iptables.backend() + ": " + saved.reason());
        }
      }
      if (rules.size() == families.size()) {
        usable.add(new Held(iptables, rules));
      }
    }
    if (usable.isEmpty()) {
      throw new CaptureException(
          "iptables does not work here: "
              + String.join("; ", refusals)
              + " (expected: a kernel with nf_tables or ip_tables, and NET_ADMIN)");
    }
    return new Tables(usable);
  }

  /** The backend to use. */
  Held choose(Optional<Backend> wanted) throws CaptureException {
    if (wanted.isPresent()) {
      return usable.stream()
          .filter(held -> held.iptables().backend() == wanted.get())
          .findFirst()
          .orElseThrow(
              () ->
                  new CaptureException(
                      "the backend " + wanted.get() + " does not work here or is not installed"));
    }
    return usable.stream()
        .filter(Held::ours)
        .findFirst()
        .or(() -> usable.stream().filter(Held::others).findFirst())
        .orElse(usable.getFirst());
  }

  /** Every backend, for taking away what is ours wherever it is. */
  List<Held> all() {
    return usable;
  }

  /** Whether anything is ours. */
  boolean ours() {
    return usable.stream().anyMatch(Held::ours);
  }
}
