package dev.heddle.control;

import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.ca.PodProofs;
import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Leadership;
import dev.heddle.control.kubernetes.MeshSettings;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.RuleStatus;
import dev.heddle.control.watch.ConfigListener;
import dev.heddle.control.watch.KubernetesWatch;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a control service in a cluster has besides: all of it over one connection. */
final class ClusterSide implements AutoCloseable {

  private final Connection connection;
  private final String namespace;
  private final MeshSettings mesh;
  private final Leadership leadership;
  private final RuleStatus status;
  private @Nullable ClusterAuthority authority;
  private @Nullable Webhooks webhooks;

  private ClusterSide(Connection connection, String namespace, MeshSettings mesh) {
    this.connection = connection;
    this.namespace = namespace;
    this.mesh = mesh;
    leadership = new Leadership(connection, namespace);
    status = new RuleStatus(connection, leadership::isLeader, InstantSource.system());
  }

  /** IOException if no API server is known, or the one that is does not answer. */
  static ClusterSide open(ControlSettings.Kubernetes settings) throws IOException {
    Connection connection = Connection.open(settings.kubeconfig());
    try {
      String namespace = settings.namespace();
      return new ClusterSide(connection, namespace, MeshSettings.read(connection, namespace));
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The authority's settings, with what the mesh's say about them; IOException if they cannot be.
   */
  AuthoritySettings settings(AuthoritySettings commandLine) throws IOException {
    try {
      return new AuthoritySettings(
          commandLine.directory(),
          mesh.trustDomain().isEmpty() ? commandLine.trustDomain() : mesh.trustDomain(),
          Objects.requireNonNullElse(mesh.certificateLifetime(), commandLine.longest()),
          commandLine.serverNames());
    } catch (IllegalArgumentException e) {
      throw new IOException("ConfigMap " + namespace + "/" + Names.MESH_CONFIG, e);
    }
  }

  /** Opens the authority that all replicas have; IOException says what of its root is wrong. */
  MeshAuthority authority(AuthoritySettings settings, CaEvents events, PodProofs.Addresses pods)
      throws IOException {
    ClusterAuthority opened = ClusterAuthority.open(connection, namespace, settings, events, pods);
    leadership.whenLeader(opened::keepConfigMaps, opened::leaveConfigMaps);
    authority = opened;
    return opened.authority();
  }

  /** Others are trusted than before. */
  void rootsChanged() {
    if (authority != null) {
      authority.rootsChanged();
    }
  }

  /** Waits until all that the cluster holds has been read. */
  Closeable follow(ConfigListener listener) throws IOException {
    return KubernetesWatch.start(connection, namespace, mesh, status, listener);
  }

  /** Answers the API server's questions from now on; IOException if it cannot listen for them. */
  void answer(ControlSettings.Webhooks settings, MeshAuthority authority, AdmissionMetrics metrics)
      throws IOException {
    webhooks = Webhooks.start(connection, namespace, settings, authority, metrics);
  }

  /** The webhooks' port, 0 where there are none. */
  int webhooksPort() {
    return webhooks == null ? 0 : webhooks.port();
  }

  /** Takes part in what only one replica does, from now on: this one serves. */
  void ready() {
    leadership.start();
    status.start();
  }

  @Override
  public void close() {
    if (webhooks != null) {
      webhooks.close();
    }
    status.close();
    leadership.close();
    if (authority != null) {
      authority.close();
    }
    connection.close();
  }
}
