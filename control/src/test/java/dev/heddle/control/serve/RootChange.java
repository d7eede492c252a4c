package dev.heddle.control.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.control.ca.RootRotation;
import dev.heddle.control.ca.RootRotation.Outcome;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Changes a mesh's root while a caller connects again and again and renews as it goes. */
final class RootChange implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 20;

  private final SecureMesh mesh;
  private final RootRotation rotation;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Thread caller;
  private volatile boolean ended;

  RootChange(SecureMesh mesh) {
    this.mesh = mesh;
    rotation =
        new RootRotation(
            mesh.directory(),
            "cluster.local",
            Duration.ofHours(1),
            InstantSource.system(),
            new SecureRandom());
    caller = Thread.ofPlatform().name("caller").start(this::callAgainAndAgain);
  }

  /** Trusts whom the service says, and shows what it was given last. */
  private void callAgainAndAgain() {
    try {
      KeyPair keys = Csr.keys();
      List<String> chain =
          SecureMesh.askPem(mesh.connect(null, mesh.token(SecureMesh.REVIEWS)), Csr.of(keys));
      while (!ended) {
        KeyPair next = Csr.keys();
        chain = SecureMesh.askPem(mesh.connectWith(Csr.key(keys), chain), Csr.of(next));
        keys = next;
        calls.incrementAndGet();
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  /** The new root is trusted beside the old one, and calls were made since. */
  void stage() throws Exception {
    assertThat(rotation.step(false)).isInstanceOf(Outcome.Staged.class);
    await(() -> mesh.authority().roots().size() == 2);
    awaitCalls();
  }

  /** The new root signs, and calls were made since. */
  void switchOver() throws Exception {
    Outcome.Switched switched = (Outcome.Switched) rotation.step(false);
    await(() -> mesh.authority().status().signs().getFirst().subject().equals(switched.subject()));
    awaitCalls();
  }

  /** The old root is trusted no more, and calls were made since. */
  void finish() throws Exception {
    assertThat(rotation.step(false)).isInstanceOf(Outcome.Finished.class);
    await(() -> mesh.authority().roots().size() == 1);
    awaitCalls();
  }

  private void awaitCalls() throws Exception {
    int now = calls.get();
    await(() -> calls.get() > now + 3 || !failures.isEmpty());
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come in time");
      }
      TimeUnit.MILLISECONDS.sleep(10); // polls a condition
    }
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    ended = true;
    try {
      caller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
