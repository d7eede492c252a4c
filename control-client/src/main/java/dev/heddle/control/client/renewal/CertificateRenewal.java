package dev.heddle.control.client.renewal;

import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a certificate, and for the next one at half of its time; never gives up. A failure
 * changes nothing but the time of the next request: the certificate that is held stays until its
 * end. Two numbers and a thread; what the others see is {@link CurrentIdentity}.
 */
public final class CertificateRenewal {

  private final IstioAuthority authority;
  private final CurrentIdentity identity;
  private final ScheduledExecutorService thread;
  private final LongSupplier clock;
  private final RenewalSchedule schedule;
  private final RenewalListener listener;
  private volatile RenewalStatus status = RenewalStatus.NONE;
  private volatile boolean stopped;
  private boolean begun;
  private int failures;
  private long dueMillis;
  private @Nullable WorkloadCertificate toldExpired;

  /**
   * Asks nothing before it is started.
   *
   * @param thread one thread, which also makes the keys; closed by its owner
   * @param clock milliseconds since 1970
   */
  public CertificateRenewal(
      ControlEndpoint control,
      CurrentIdentity identity,
      ScheduledExecutorService thread,
      LongSupplier clock,
      RandomSource random,
      RenewalListener listener) {
    this(new IstioAuthority(control, null), identity, thread, clock, random, listener);
  }

  /**
   * The same for a pod that the caller, a node's daemon, hosts.
   *
   * @param pod whose certificates are asked for
   */
  public static CertificateRenewal inTheNameOf(
      SpiffeId pod,
      ControlEndpoint control,
      CurrentIdentity identity,
      ScheduledExecutorService thread,
      LongSupplier clock,
      RandomSource random,
      RenewalListener listener) {
    return new CertificateRenewal(
        new IstioAuthority(control, pod), identity, thread, clock, random, listener);
  }

  private CertificateRenewal(
      IstioAuthority authority,
      CurrentIdentity identity,
      ScheduledExecutorService thread,
      LongSupplier clock,
      RandomSource random,
      RenewalListener listener) {
    this.authority = authority;
    this.identity = identity;
    this.thread = thread;
    this.clock = clock;
    this.schedule = new RenewalSchedule(random);
    this.listener = listener;
  }

  /**
   * Asks as soon as the roots of the mesh are known, or did not come in time: a process that has a
   * certificate is called, and while the mesh's root changes it must know both.
   */
  public void start() {
    later(this::begin, RenewalLimits.TRUST_WAIT_MILLIS);
  }

  /** The roots of the mesh are known. */
  public void trustIsKnown() {
    later(this::begin, 0);
  }

  /** Asks no more, and the key that is held is dropped; what is under way comes to nothing. */
  public void stop() {
    later(identity::forget, 0);
    stopped = true;
  }

  /** How it went so far; any thread. */
  public RenewalStatus status() {
    return status;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      ask();
    }
  }

  private void ask() {
    if (stopped) {
      return;
    }
    try {
      CertificateRequest request = CertificateRequest.make();
      authority.ask(request.pem(), new Answer(request.keys()));
    } catch (GeneralSecurityException | RuntimeException e) {
      failed("no request can be made here: " + e);
    }
  }

  private void issued(KeyPair keys, List<String> pems) {
    try {
      IssuedChain chain = IssuedChain.check(keys, pems, clock.getAsLong());
      issued(chain);
    } catch (GeneralSecurityException | RuntimeException e) {
      failed("the control service answered " + e.getMessage());
    }
  }

  private void issued(IssuedChain chain) {
    if (stopped) {
      return;
    }
    identity.issued(chain.certificate(), chain.trust());
    failures = 0;
    dueMillis = schedule.renewal(clock.getAsLong(), chain.certificate().notAfterMillis());
    status = status.issued(dueMillis);
    listener.issued(chain.certificate());
    sleep();
  }

  private void failed(String reason) {
    failures++;
    long now = clock.getAsLong();
    dueMillis = now + schedule.pauseMillis(failures);
    status = status.failed(reason, now, dueMillis);
    listener.failed(reason);
    tellExpired();
    sleep();
  }

  private void tellExpired() {
    WorkloadCertificate last = identity.lastIssued();
    if (last != null && identity.certificate() == null && !last.equals(toldExpired)) {
      toldExpired = last;
      listener.expired(last);
    }
  }

  private void wake() {
    if (clock.getAsLong() >= dueMillis) {
      ask();
    } else {
      sleep();
    }
  }

  private void sleep() {
    long left = Math.max(1, dueMillis - clock.getAsLong());
    later(this::wake, Math.min(left, RenewalLimits.LONGEST_SLEEP_MILLIS));
  }

  private void later(Runnable task, long pauseMillis) {
    if (stopped) {
      return;
    }
    try {
      Future<?> unused = thread.schedule(task, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return; // the process ends
    }
  }

  private final class Answer implements IstioAuthority.Answer {
    private final KeyPair keys;

    Answer(KeyPair keys) {
      this.keys = keys;
    }

    @Override
    public void issued(List<String> chain) {
      later(() -> CertificateRenewal.this.issued(keys, chain), 0);
    }

    @Override
    public void refused(String reason) {
      later(() -> failed(reason), 0);
    }
  }
}
