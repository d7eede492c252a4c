package dev.heddle.control.ca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes the root of a CA directory in three steps, so that at no moment somebody shows what
 * another does not trust: the new root is trusted beside the old one, then it signs, then the old
 * one is trusted no more. The files say which step is next; a step that was cut off is done again.
 */
public final class RootRotation {

  /** What was done, or why not yet. */
  public sealed interface Outcome {

    /** The new root is trusted beside the old one. */
    record Staged(String subject) implements Outcome {}

    /** The new root signs. */
    record Switched(String subject) implements Outcome {}

    /** The old root is trusted no more. */
    record Finished(String subject) implements Outcome {}

    /** Some may not know the last step yet. */
    record TooEarly(Instant from) implements Outcome {}
  }

  /** Until every process that is connected has heard of a root, and those that reconnect too. */
  private static final Duration SPREAD = Duration.ofMinutes(1);

  private final Path path;
  private final CaDirectory directory;
  private final String trustDomain;
  private final Duration longest;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * A rotation of the root of a directory.
   *
   * @param longest lifetime of certificates that the old root has signed
   */
  public RootRotation(
      Path path, String trustDomain, Duration longest, InstantSource clock, SecureRandom random) {
    this.path = path;
    this.directory = new CaDirectory(path, clock, random);
    this.trustDomain = trustDomain;
    this.longest = longest;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Does the next step.
   *
   * @param patient whether it waits until everyone can know of the step before
   */
  public Outcome step(boolean patient) throws IOException {
    return PrivateFiles.alone(path, () -> next(patient));
  }

  private Outcome next(boolean patient) throws IOException {
    if (exists(CaFiles.NEXT_CERTIFICATE)) {
      X509Certificate next = directory.certificates(CaFiles.NEXT_CERTIFICATE).getFirst();
      return directory.certificates(CaFiles.ROOTS).contains(next)
          ? whenKnown(patient, CaFiles.ROOTS, SPREAD, () -> switchTo(next))
          : trust(next);
    }
    if (exists(CaFiles.RETIRED)) {
      return whenKnown(patient, CaFiles.RETIRED, longest, this::finish);
    }
    return stage();
  }

  private Outcome whenKnown(
      boolean patient, String changed, Duration wait, PrivateFiles.Work<Outcome> step)
      throws IOException {
    Instant from = Files.getLastModifiedTime(file(changed)).toInstant().plus(wait);
    return patient && clock.instant().isBefore(from) ? new Outcome.TooEarly(from) : step.run();
  }

  private Outcome stage() throws IOException {
    Issuer old = directory.load().issuer();
    if (!old.certificate().equals(old.root())) {
      throw new IOException(
          file(CaFiles.CERTIFICATE)
              + " was signed by another authority (expected: a root of this directory's own; to"
              + " change that of a plugged-in authority put both roots into "
              + CaFiles.ROOTS
              + " first)");
    }
    Issuer made = RootCertificate.make(trustDomain, clock.instant(), random);
    PrivateFiles.write(file(CaFiles.NEXT_KEY), Pem.of(made.key()));
    PrivateFiles.write(file(CaFiles.NEXT_CERTIFICATE), Pem.of(made.certificate()));
    return trust(made.certificate());
  }

  private Outcome trust(X509Certificate next) throws IOException {
    List<X509Certificate> roots = new ArrayList<>(directory.certificates(CaFiles.ROOTS));
    roots.add(next);
    PrivateFiles.write(file(CaFiles.ROOTS), Pem.of(roots));
    return new Outcome.Staged(name(next));
  }

  private Outcome switchTo(X509Certificate next) throws IOException {
    X509Certificate old = directory.certificates(CaFiles.CERTIFICATE).getFirst();
    if (!old.equals(next)) { // else this was done before the step was cut off
      PrivateFiles.write(file(CaFiles.RETIRED), Pem.of(old));
    }
    // The chain led to the old root; without it the root itself signs.
    Files.deleteIfExists(file(CaFiles.CHAIN));
    PrivateFiles.write(file(CaFiles.KEY), Files.readString(file(CaFiles.NEXT_KEY)));
    PrivateFiles.write(file(CaFiles.CERTIFICATE), Pem.of(next));
    Files.delete(file(CaFiles.NEXT_CERTIFICATE));
    Files.delete(file(CaFiles.NEXT_KEY));
    return new Outcome.Switched(name(next));
  }

  private Outcome finish() throws IOException {
    X509Certificate retired = directory.certificates(CaFiles.RETIRED).getFirst();
    List<X509Certificate> roots = new ArrayList<>(directory.certificates(CaFiles.ROOTS));
    roots.remove(retired);
    PrivateFiles.write(file(CaFiles.ROOTS), Pem.of(roots));
    Files.delete(file(CaFiles.RETIRED));
    return new Outcome.Finished(name(retired));
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().toString();
  }

  private boolean exists(String name) {
    return Files.exists(file(name));
  }

  private Path file(String name) {
    return directory.file(name);
  }
}
