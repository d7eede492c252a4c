package dev.heddle.init;

import dev.heddle.init.apply.Backend;
import dev.heddle.init.apply.CaptureException;
import dev.heddle.init.handover.HandoverException;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.Mark;
import dev.heddle.init.ruleset.TrafficSelection;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heddle-init}: the command line. */
@Command(
    name = "heddle-init",
    mixinStandardHelpOptions = true,
    version = "heddle-init 0.1.0",
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Redirects the traffic of the pod that it runs in to the node's Heddle daemon.",
      "",
      "It hands the pod's network namespace to the daemon, waits until the daemon listens in it,",
      "puts the redirect rules in place, and ends. When anything fails, it leaves no rules behind.",
      "It needs the capability NET_ADMIN in the pod, and nothing else.",
      ""
    },
    footer = {
      "",
      "Each option with a value may be said in the environment, as HEDDLE_INIT_DAEMON for"
          + " --daemon.",
      "Istio's annotations traffic.sidecar.istio.io/{include,exclude}{Inbound,Outbound}Ports and",
      "...OutboundIPRanges hold where --annotations names a file; options go before them.",
      "",
      "Examples:",
      "  heddle-init --daemon /run/heddle/node.sock --pod shop/reviews-7d4",
      "  heddle-init --dry-run --exclude-outbound-ports 3306    what would be done",
      "  heddle-init --check                                    is it in force, does it work",
      "",
      "Exit codes: 0 done, 1 the system refused, 2 wrong usage, 3 the daemon does not take the"
          + " pod,",
      "4 a check failed."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Main implements Callable<Integer> {

  static final int REFUSED = 1;
  static final int USAGE = 2;
  static final int NO_DAEMON = 3;
  static final int CHECK_FAILED = 4;

  private static final int MAX_WAIT_SECONDS = 300;

  @Spec private CommandSpec spec;

  @Option(
      names = "--daemon",
      paramLabel = "SOCKET",
      description = "The node daemon's unix socket, mounted into this container.")
  private @Nullable Path daemon;

  @Option(names = "--pod", paramLabel = "NAMESPACE/NAME", description = "The pod that this is.")
  private @Nullable String pod;

  @ArgGroup private Mode mode = new Mode();

  /** At most one of these; without one the pod is captured. */
  private static final class Mode {
    @Option(names = "--dry-run", description = "Print what would be done, and change nothing.")
    private boolean dryRun;

    @Option(
        names = "--check",
        description =
            "Compare the rules with the kernel's, and prove by connecting that they work.")
    private boolean check;

    @Option(names = "--clean", description = "Take away all rules of Heddle and nothing else.")
    private boolean clean;
  }

  @Option(
      names = "--annotations",
      paramLabel = "FILE",
      description = "The pod's annotations, as the downward API writes them.")
  private @Nullable Path annotations;

  @Mixin private TrafficOptions traffic;

  @Option(
      names = "--inbound-port",
      paramLabel = "PORT",
      description = "Where the daemon listens for calls to the pod (15006).")
  private int inboundPort = CaptureSettings.DEFAULT.inboundPort();

  @Option(
      names = "--outbound-port",
      paramLabel = "PORT",
      description = "Where it listens for calls of the pod (15001).")
  private int outboundPort = CaptureSettings.DEFAULT.outboundPort();

  @Option(
      names = "--dns-port",
      paramLabel = "PORT|off",
      description = "Where it listens for DNS queries of the pod (15053); off leaves DNS alone.")
  private String dnsPort = "15053";

  @Option(
      names = "--resolvers",
      paramLabel = "IP,...",
      split = ",",
      description =
          "Whom the pod asks for names at port 53; the daemon asks them what the mesh does not know"
              + " (default: those of /etc/resolv.conf).")
  private List<String> resolvers = List.of();

  @Option(
      names = "--mark",
      paramLabel = "MARK",
      description = "The packet mark of the daemon's own connections (0x539).")
  private String mark = "0x539";

  @Option(
      names = "--ip-families",
      paramLabel = "4,6",
      description = "Families to capture (4,6); one that the pod does not have is left out.")
  private String families = "4,6";

  @Option(
      names = "--backend",
      paramLabel = "auto|nft|legacy",
      description = "Tables to write into; auto (default) looks which are in use.")
  private String backend = "auto";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "Longest wait for the daemon, 1 to 300 (10).")
  private int wait = 10;

  /** Does one thing and ends. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System::getenv).execute(arguments));
  }

  static CommandLine commandLine(UnaryOperator<@Nullable String> environment) {
    return new CommandLine(new Main())
        .setDefaultValueProvider(new Environment(environment))
        .setParameterExceptionHandler(Main::wrongUsage);
  }

  /** The mistake alone: the whole help would push it off the screen. */
  private static int wrongUsage(ParameterException mistake, String[] arguments) {
    PrintWriter err = mistake.getCommandLine().getErr();
    err.println("heddle-init: " + mistake.getMessage() + "; --help says more");
    return USAGE;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      CaptureSettings settings = settings(err);
      Actions actions = new Actions(settings, backend(), spec.commandLine().getOut(), err);
      if (mode.dryRun) {
        return actions.dryRun();
      }
      if (mode.check) {
        return actions.check();
      }
      if (mode.clean) {
        return actions.clean();
      }
      return actions.capture(required("--daemon", daemon), pod(), resolvers(), longestWait());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      err.println("heddle-init: --annotations: cannot read: " + e);
      return USAGE;
    } catch (CaptureException e) {
      err.println("heddle-init: " + e.getMessage());
      return REFUSED;
    } catch (HandoverException e) {
      err.println("heddle-init: " + e.getMessage());
      return NO_DAEMON;
    }
  }

  private CaptureSettings settings(PrintWriter err) throws IOException {
    Map<String, String> written =
        annotations == null ? Map.of() : DownwardAnnotations.read(annotations);
    TrafficSelection selection = traffic.selection().or(TrafficSelection.ofAnnotations(written));
    TrafficSelection.notHonoured(written)
        .forEach(name -> err.println("heddle-init: " + name + " is not honoured"));
    selection.withoutEffect().forEach(sentence -> err.println("heddle-init: " + sentence));
    return new CaptureSettings(
        inboundPort,
        outboundPort,
        dnsPort.equals("off") ? OptionalInt.empty() : OptionalInt.of(number("--dns-port", dnsPort)),
        Mark.parse(mark),
        families(),
        selection.inbound(),
        selection.outbound());
  }

  private Set<Family> families() {
    Set<Family> chosen = EnumSet.noneOf(Family.class);
    for (String digit : families.split(",", -1)) {
      chosen.add(
          switch (digit.strip()) {
            case "4" -> Family.IPV4;
            case "6" -> Family.IPV6;
            default ->
                throw new IllegalArgumentException(
                    "--ip-families \"" + families + "\" (expected: 4, 6 or 4,6)");
          });
    }
    return chosen;
  }

  private List<InetAddress> resolvers() {
    return dnsPort.equals("off") ? List.of() : ResolverConfiguration.resolvers(resolvers);
  }

  private Optional<Backend> backend() {
    return switch (backend) {
      case "auto" -> Optional.empty();
      case "nft" -> Optional.of(Backend.NFT);
      case "legacy" -> Optional.of(Backend.LEGACY);
      default ->
          throw new IllegalArgumentException(
              "--backend \"" + backend + "\" (expected: auto, nft or legacy)");
    };
  }

  private Duration longestWait() {
    if (wait < 1 || wait > MAX_WAIT_SECONDS) {
      throw new IllegalArgumentException(
          "--wait " + wait + " (expected: 1 to " + MAX_WAIT_SECONDS + " seconds)");
    }
    return Duration.ofSeconds(wait);
  }

  private PodName pod() {
    return PodName.parse(required("--pod", pod));
  }

  private static int number(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " \"" + text + "\" (expected: a port)", e);
    }
  }

  private static <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(option + " is missing (needed to capture a pod)");
    }
    return value;
  }
}
