package dev.heddle.init.ruleset;

import java.util.ArrayList;
import java.util.List;

/**
 * Our rules in one table of iptables: a chain of our own for each chain of the kernel that leads
 * there. Others' rules in the same table are never touched.
 *
 * @param name {@code raw}, {@code mangle} or {@code nat}
 * @param output rules for packets of the pod, in iptables' own spelling
 * @param prerouting rules for packets that reach the pod
 */
record Table(String name, List<String> output, List<String> prerouting) {

  static final String OUTPUT = "HEDDLE_OUTPUT";
  static final String PREROUTING = "HEDDLE_PREROUTING";

  /** In the order that iptables-save prints them, so that the two can be compared. */
  static final List<String> CHAINS = List.of(OUTPUT, PREROUTING);

  Table {
    output = List.copyOf(output);
    prerouting = List.copyOf(prerouting);
  }

  List<String> rules(String chain) {
    return chain.equals(OUTPUT) ? output : prerouting;
  }

  /** The line that leads from the kernel's chain to ours. */
  static String jump(String chain) {
    String kernels = chain.equals(OUTPUT) ? "OUTPUT" : "PREROUTING";
    return kernels + " -j " + chain;
  }

  /** What iptables-save prints of these. */
  List<String> saved() {
    List<String> lines = new ArrayList<>();
    for (String chain : CHAINS.reversed()) {
      if (!rules(chain).isEmpty()) {
        lines.add("-A " + jump(chain));
      }
    }
    for (String chain : CHAINS) {
      rules(chain).forEach(rule -> lines.add("-A " + chain + " " + rule));
    }
    return lines;
  }
}
