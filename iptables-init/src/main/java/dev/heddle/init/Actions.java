package dev.heddle.init;

import dev.heddle.init.apply.Backend;
import dev.heddle.init.apply.Capture;
import dev.heddle.init.apply.CaptureCheck;
import dev.heddle.init.apply.CaptureException;
import dev.heddle.init.apply.Finding;
import dev.heddle.init.apply.Netns;
import dev.heddle.init.handover.CaptureRequest;
import dev.heddle.init.handover.Handover;
import dev.heddle.init.handover.HandoverException;
import dev.heddle.init.handover.PodName;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.InstalledRules;
import dev.heddle.init.ruleset.PolicyRouting;
import dev.heddle.init.ruleset.Ruleset;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The four things that init can be asked for; each returns an exit code. */
final class Actions {

  private static final Path OWN_NETNS = Path.of("/proc/self/ns/net");

  private final CaptureSettings settings;
  private final Optional<Backend> backend;
  private final Capture capture;
  private final PrintWriter out;
  private final PrintWriter err;

  Actions(CaptureSettings settings, Optional<Backend> backend, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.backend = backend;
    this.capture = new Capture(Netns.OWN, backend);
    this.out = out;
    this.err = err;
  }

  int dryRun() {
    for (Family family : EnumSet.copyOf(settings.families())) {
      String digit = family.digit();
      out.println("# ip -" + digit + " -batch -");
      out.print(PolicyRouting.install());
      out.println("# ip" + (family == Family.IPV6 ? "6" : "") + "tables-restore --noflush");
      out.print(Ruleset.of(settings, family).restoreText(InstalledRules.NONE));
    }
    out.flush();
    return 0;
  }

  int clean() throws CaptureException {
    capture.remove();
    return 0;
  }

  int check() throws CaptureException {
    List<Finding> findings = new CaptureCheck(backend, settings).run();
    for (Finding finding : findings) {
      out.println((finding.good() ? "ok    " : "FAIL  ") + finding.sentence());
    }
    out.flush();
    return findings.stream().allMatch(Finding::good) ? 0 : Main.CHECK_FAILED;
  }

  /** Rules that were there before are left as they are: the pod was captured, and stays so. */
  int capture(Path daemon, PodName pod, List<InetAddress> resolvers, Duration wait)
      throws CaptureException, HandoverException {
    Undo undo = new Undo(capture, err, !capture.isInstalled());
    CaptureRequest request =
        CaptureRequest.of(pod, settings.withFamilies(present())).withResolvers(resolvers);
    try (Handover handover = Handover.open(daemon, OWN_NETNS, request, wait)) {
      undo.unless(
          () -> {
            capture.install(settings);
            handover.commit();
          });
      return 0;
    }
  }

  private Set<Family> present() throws CaptureException {
    Set<Family> present = EnumSet.copyOf(settings.families());
    present.retainAll(capture.families());
    if (present.isEmpty()) {
      throw new CaptureException(
          "the pod has none of the IP families to capture, " + settings.families());
    }
    return present;
  }
}
