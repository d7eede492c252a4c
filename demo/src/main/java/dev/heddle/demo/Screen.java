package dev.heddle.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The live view: redrawn in place on a terminal, a line an interval elsewhere. */
final class Screen {

  private static final String HOME_AND_CLEAR = "\033[H\033[J";
  private static final String CLEAR_ALL = "\033[2J";
  private static final String BOLD = "\033[1m";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final PrintWriter out;
  private final boolean terminal;
  private final Workspace workspace;
  private final String part;
  private List<String> toldProblems = List.of();

  /**
   * @param part what takes part and what does not, in one line
   */
  Screen(PrintWriter out, boolean terminal, Workspace workspace, String part) {
    this.part = part;
    this.out = out;
    this.terminal = terminal;
    this.workspace = workspace;
  }

  /** Says once what there is to try. */
  void open() throws IOException {
    if (terminal) {
      out.print(CLEAR_ALL);
    } else {
      help().forEach(out::println);
    }
    out.flush();
  }

  /** Shows an interval of so many seconds. */
  void show(Tally tally, double seconds, List<String> problems) throws IOException {
    if (terminal) {
      draw(tally, seconds, problems);
    } else {
      tell(tally, seconds, problems);
    }
    out.flush();
  }

  private void draw(Tally tally, double seconds, List<String> problems) throws IOException {
    List<String> rows = new ArrayList<>(Table.rows(tally, seconds));
    rows.set(0, BOLD + rows.getFirst() + PLAIN);
    rows.add("");
    rows.addAll(help());
    problems.forEach(problem -> rows.add(RED + problem + PLAIN));
    out.print(HOME_AND_CLEAR + String.join("\n", rows) + "\n");
  }

  private void tell(Tally tally, double seconds, List<String> problems) {
    out.println(Table.line(tally, seconds));
    if (!problems.equals(toldProblems)) {
      problems.forEach(out::println);
      toldProblems = problems;
    }
  }

  private List<String> help() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(part);
    lines.add("Rules in force: " + workspace.rules());
    lines.add("Edit that file, or copy one of these over it; the table follows within a second:");
    for (String file : Workspace.FILES) {
      lines.add("  " + workspace.toTry(file));
      lines.add("      " + workspace.about(file));
    }
    lines.add("Ctrl-C ends it and leaves nothing behind.");
    return lines;
  }
}
