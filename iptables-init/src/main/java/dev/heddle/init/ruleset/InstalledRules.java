package dev.heddle.init.ruleset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the kernel holds of ours in one family, read from the output of {@code iptables-save}. */
public final class InstalledRules {

  /** Nothing of ours, as in a new pod. */
  public static final InstalledRules NONE = parse("");

  private final Map<String, Set<String>> chains = new LinkedHashMap<>();
  private final Map<String, List<String>> rules = new LinkedHashMap<>();
  private int others;

  private InstalledRules() {}

  /** Reads what {@code iptables-save} printed; lines that are not ours are counted only. */
  public static InstalledRules parse(String saved) {
    InstalledRules installed = new InstalledRules();
    String table = "";
    for (String line : (Iterable<String>) saved.lines()::iterator) {
      if (line.startsWith("*")) {
        table = line.substring(1).strip();
      } else {
        installed.take(table, line.strip());
      }
    }
    return installed;
  }

  private void take(String table, String line) {
    for (String chain : Table.CHAINS) {
      if (line.startsWith(":" + chain + " ")) {
        chains.computeIfAbsent(table, name -> new HashSet<>()).add(chain);
        return;
      }
      if (line.startsWith("-A " + chain + " ") || line.equals("-A " + Table.jump(chain))) {
        rules.computeIfAbsent(table, name -> new ArrayList<>()).add(line);
        return;
      }
    }
    if (line.startsWith("-A ")) {
      others++;
    }
  }

  /** Whether there is nothing of ours. */
  public boolean isEmpty() {
    return chains.isEmpty() && rules.isEmpty();
  }

  /** Number of rules that are not ours. */
  public int others() {
    return others;
  }

  boolean hasChain(String table, String chain) {
    return chains.getOrDefault(table, Set.of()).contains(chain);
  }

  boolean hasJump(String table, String chain) {
    return rules(table).contains("-A " + Table.jump(chain));
  }

  List<String> rules(String table) {
    return rules.getOrDefault(table, List.of());
  }
}
