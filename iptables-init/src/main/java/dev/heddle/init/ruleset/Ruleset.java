package dev.heddle.init.ruleset;

import dev.heddle.init.ruleset.Selection.All;
import dev.heddle.init.ruleset.Selection.Only;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The redirect rules of one family: what {@code iptables-restore --noflush} takes to put them in
 * place or to take them away, given what is there already. Each text leads to the same state
 * however often it is given.
 */
public final class Ruleset {

  private static final String RETURN = " -j RETURN";
  private static final int DNS = 53;

  /** Capture itself, {@code nat}, comes last: it is in force only when what it leans on is. */
  private final List<Table> tables;

  private Ruleset(List<Table> tables) {
    this.tables = List.copyOf(tables);
  }

  /** The rules of a family; none where the settings leave the family out. */
  public static Ruleset of(CaptureSettings settings, Family family) {
    boolean wanted = settings.families().contains(family);
    return new Ruleset(
        List.of(
            new Table("raw", wanted ? raw(settings) : List.of(), List.of()),
            new Table(
                "mangle",
                wanted ? mangleOutput() : List.of(),
                wanted ? manglePrerouting(settings) : List.of()),
            new Table(
                "nat",
                wanted ? natOutput(settings, family) : List.of(),
                wanted ? natPrerouting(settings, family) : List.of())));
  }

  /** No rules at all. */
  public static Ruleset none() {
    return new Ruleset(
        List.of(
            new Table("raw", List.of(), List.of()),
            new Table("mangle", List.of(), List.of()),
            new Table("nat", List.of(), List.of())));
  }

  /** Turns what is installed into these rules; empty where there is nothing to do. */
  public String restoreText(InstalledRules installed) {
    StringBuilder text = new StringBuilder();
    for (Table table : tables) {
      List<String> lines = lines(table, installed);
      if (!lines.isEmpty()) {
        text.append('*').append(table.name()).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        text.append("COMMIT\n");
      }
    }
    return text.toString();
  }

  /** Whether the kernel holds exactly these. */
  public boolean isInstalled(InstalledRules installed) {
    return tables.stream().allMatch(table -> table.saved().equals(installed.rules(table.name())));
  }

  /**
   * Rules that the kernel does not hold, or does not hold in their place, in iptables' spelling.
   */
  public List<String> missing(InstalledRules installed) {
    return tables.stream()
        .filter(table -> !table.saved().equals(installed.rules(table.name())))
        .flatMap(
            table ->
                table.saved().stream()
                    .filter(line -> !installed.rules(table.name()).contains(line))
                    .map(line -> "-t " + table.name() + " " + line))
        .toList();
  }

  private static List<String> lines(Table table, InstalledRules installed) {
    List<String> lines = new ArrayList<>();
    for (String chain : Table.CHAINS) {
      if (!table.rules(chain).isEmpty()) {
        lines.add(":" + chain + " - [0:0]"); // creates it, or empties the one that is there
        if (!installed.hasJump(table.name(), chain)) {
          lines.add("-A " + Table.jump(chain));
        }
        table.rules(chain).forEach(rule -> lines.add("-A " + chain + " " + rule));
      } else if (installed.hasChain(table.name(), chain)) {
        if (installed.hasJump(table.name(), chain)) {
          lines.add("-D " + Table.jump(chain));
        }
        lines.add("-F " + chain);
        lines.add("-X " + chain);
      }
    }
    return lines;
  }

  /**
   * The daemon's own DNS queries are tracked apart from the pod's: else one that happens to use the
   * port of a query of the pod, redirected a moment ago, would be redirected with it.
   */
  private static List<String> raw(CaptureSettings settings) {
    return dnsPort(settings).isEmpty()
        ? List.of()
        : List.of(
            "-p udp -m mark --mark " + settings.mark() + " -m udp --dport 53 -j CT --zone-orig 1");
  }

  /** Answers on connections that {@link #manglePrerouting} marked are marked too: see routing. */
  private static List<String> mangleOutput() {
    return List.of(
        "-m connmark --mark "
            + Mark.masked(Mark.RETURNING)
            + " -j CONNMARK --restore-mark --nfmask 0xfff --ctmask 0xfff");
  }

  /** What the daemon sends to the app comes in over the loopback device with the daemon's mark. */
  private static List<String> manglePrerouting(CaptureSettings settings) {
    return List.of(
        "-m mark --mark "
            + settings.mark()
            + " -j CONNMARK --set-xmark "
            + Mark.masked(Mark.RETURNING));
  }

  private static List<String> natOutput(CaptureSettings settings, Family family) {
    Outbound outbound = settings.outbound();
    String redirect = " -j REDIRECT --to-ports " + settings.outboundPort();
    List<String> rules = new ArrayList<>();
    rules.add("-m mark --mark " + settings.mark() + RETURN);
    rules.add("-o lo" + RETURN);
    outbound.excludePorts().forEach(ports -> rules.add(tcpTo(ports) + RETURN));
    dnsPort(settings).ifPresent(port -> rules.addAll(dns(port)));
    of(family, outbound.excludeRanges())
        .forEach(range -> rules.add(words(address("-d", range), "-j RETURN")));
    outbound.includePorts().forEach(ports -> rules.add(tcpTo(ports) + redirect));
    switch (outbound.includeRanges()) {
      case All<Cidr> all -> rules.add("-p tcp" + redirect);
      case Only<Cidr> only ->
          of(family, only.items())
              .forEach(range -> rules.add(words(address("-d", range), "-p tcp" + redirect)));
    }
    return rules;
  }

  private static List<String> natPrerouting(CaptureSettings settings, Family family) {
    Inbound inbound = settings.inbound();
    String redirect = " -j REDIRECT --to-ports " + settings.inboundPort();
    List<String> rules = new ArrayList<>();
    rules.add("-i lo" + RETURN);
    of(family, inbound.excludeSources())
        .forEach(range -> rules.add(words(address("-s", range), "-j RETURN")));
    switch (inbound.includePorts()) {
      case All<PortRange> all -> {
        inbound.excludePorts().forEach(ports -> rules.add(tcpTo(ports) + RETURN));
        rules.add("-p tcp" + redirect);
      }
      case Only<PortRange> only ->
          only.items().forEach(ports -> rules.add(tcpTo(ports) + redirect));
    }
    return rules;
  }

  private static List<String> dns(int port) {
    String redirect = " -j REDIRECT --to-ports " + port;
    return List.of("-p udp -m udp --dport 53" + redirect, "-p tcp -m tcp --dport 53" + redirect);
  }

  /** An excluded port 53 leaves DNS alone on both protocols: half of DNS would be nobody's wish. */
  private static OptionalInt dnsPort(CaptureSettings settings) {
    return settings.outbound().excludes(DNS) ? OptionalInt.empty() : settings.dnsPort();
  }

  private static String tcpTo(PortRange ports) {
    return "-p tcp -m tcp --dport " + ports;
  }

  private static List<Cidr> of(Family family, List<Cidr> ranges) {
    return ranges.stream().filter(range -> range.family() == family).toList();
  }

  /** iptables-save leaves out a range of everything, and so does this. */
  private static String address(String option, Cidr range) {
    return range.isEverything() ? "" : option + " " + range;
  }

  private static String words(String first, String second) {
    return first.isEmpty() ? second : first + " " + second;
  }
}
