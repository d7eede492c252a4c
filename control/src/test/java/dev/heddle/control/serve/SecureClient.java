package dev.heddle.control.serve;

import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.ClientListener;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.control.client.renewal.CertificateRenewal;
import dev.heddle.control.client.renewal.RenewalListener;
import dev.heddle.policy.snapshot.Mesh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The agent's client as an agent runs it: discovery and renewals over TLS, with one identity. */
final class SecureClient implements AutoCloseable {

  private final CurrentIdentity identity = new CurrentIdentity(System::currentTimeMillis);
  private final List<WorkloadCertificate> issued = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final DiscoveryClient discovery;
  private final CertificateRenewal renewal;

  SecureClient(int port, Path roots, Path token, String namespace) {
    ControlEndpoint control = ControlEndpoint.tls("localhost", port, roots, token, identity);
    renewal =
        new CertificateRenewal(
            control, identity, thread, System::currentTimeMillis, bound -> 0, new Renewals());
    discovery =
        new DiscoveryClient(
            control,
            ClientIdentity.of("reviews-1", namespace, "default", Map.of(), "test"),
            null,
            bound -> 0, // reconnects at once
            new Discovery());
    renewal.start();
    discovery.start();
  }

  CurrentIdentity identity() {
    return identity;
  }

  /** Each certificate in its order. */
  List<WorkloadCertificate> issued() {
    return issued;
  }

  List<String> failures() {
    return failures;
  }

  private final class Renewals implements RenewalListener {
    @Override
    public void issued(WorkloadCertificate certificate) {
      issued.add(certificate);
    }

    @Override
    public void failed(String reason) {
      failures.add(reason);
    }

    @Override
    public void expired(WorkloadCertificate certificate) {
      failures.add("expired");
    }
  }

  private final class Discovery implements ClientListener {
    @Override
    public void meshChanged(Mesh mesh) {}

    @Override
    public void trustChanged(TrustBundle trust) {
      identity.discovered(trust);
      renewal.trustIsKnown();
    }

    @Override
    public void connected() {}

    @Override
    public void disconnected(String reason) {}

    @Override
    public void rejected(String reason) {
      failures.add(reason);
    }

    @Override
    public void failed(Throwable failure) {
      failures.add(failure.toString());
    }

    @Override
    public void stateFileUnusable(String reason) {
      failures.add(reason);
    }
  }

  @Override
  public void close() {
    discovery.close();
    thread.shutdownNow();
  }
}
