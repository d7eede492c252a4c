package dev.heddle.node.workload;

import dev.heddle.control.client.TellingExecutor;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.renewal.CertificateRenewal;
import dev.heddle.control.client.renewal.RenewalListener;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.identity.SpiffeId;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The node as it speaks to the control service, and how certificates of its pods are had. One
 * thread makes all keys: they are few, and seldom.
 */
final class NodeIdentity implements AutoCloseable {

  private final ControlSettings settings;
  private final RandomSource random;
  private final CurrentIdentity own = new CurrentIdentity(System::currentTimeMillis);
  private final ControlEndpoint control;
  private final ScheduledExecutorService thread;
  private final CertificateRenewal renewal;

  NodeIdentity(ControlSettings settings, MeshLog log, RandomSource random) {
    this.settings = settings;
    this.random = random;
    this.control =
        ControlEndpoint.tls(
            settings.host(), settings.port(), settings.roots(), settings.token(), own);
    this.thread =
        new TellingExecutor(
            "heddle-identity",
            failure -> log.failure("renewals failed, certificates stay as they are", failure));
    this.renewal =
        new CertificateRenewal(
            control,
            own,
            thread,
            System::currentTimeMillis,
            random,
            new CertificateLog("node " + settings.node(), log, () -> {}));
  }

  void start() {
    renewal.start();
  }

  void trusts(TrustBundle trust) {
    own.discovered(trust);
    renewal.trustIsKnown();
  }

  /** The roots of the mesh; null: not known yet. */
  @Nullable TrustBundle trust() {
    return own.trust();
  }

  /** The control service as the node speaks to it. */
  ControlEndpoint control() {
    return control;
  }

  /** The control service as a pod of the node speaks to it, by its certificate alone. */
  ControlEndpoint endpoint(IdentitySource pod) {
    return ControlEndpoint.certified(settings.host(), settings.port(), settings.roots(), pod);
  }

  /** Certificates of a pod; the node asks for all of them, so that control's check is made anew. */
  CertificateRenewal renewal(SpiffeId pod, CurrentIdentity current, RenewalListener listener) {
    return CertificateRenewal.inTheNameOf(
        pod, control, current, thread, System::currentTimeMillis, random, listener);
  }

  RandomSource random() {
    return random;
  }

  String version() {
    return settings.version();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
