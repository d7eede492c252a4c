package dev.heddle.init.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel lets this process do, so that a refusal is told before anything is changed. */
final class Privileges {

  private static final int NET_ADMIN = 12;
  private static final int SYS_ADMIN = 21;
  private static final String EFFECTIVE = "CapEff:";

  private Privileges() {}

  /** capabilities(7): NET_ADMIN to write rules, SYS_ADMIN to enter another namespace. */
  static void check(Netns netns) throws CaptureException {
    long effective = effective();
    if ((effective >> NET_ADMIN & 1) == 0) {
      throw new CaptureException(
          "the capability NET_ADMIN is missing (CapEff is 0x"
              + Long.toHexString(effective)
              + "); give it to the init container: securityContext.capabilities.add: [NET_ADMIN],"
              + " runAsUser: 0");
    }
    if (netns.path().isPresent() && (effective >> SYS_ADMIN & 1) == 0) {
      throw new CaptureException(
          "the capability SYS_ADMIN is missing (CapEff is 0x"
              + Long.toHexString(effective)
              + "); it is needed to enter "
              + netns.path().get());
    }
  }

  private static long effective() throws CaptureException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(EFFECTIVE)) {
          return Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16);
        }
      }
      throw new CaptureException("/proc/self/status has no " + EFFECTIVE);
    } catch (IOException e) {
      throw new CaptureException("cannot read capabilities: " + e.getMessage(), e);
    }
  }
}
