package dev.heddle.control;

import dev.heddle.control.ca.AuthoritySettings;
import dev.heddle.control.ca.CaEvents;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.ca.PodProofs;
import dev.heddle.control.ca.SharedAuthority;
import dev.heddle.control.kubernetes.AuthoritySecrets;
import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.NamespaceConfigMaps;
import dev.heddle.control.kubernetes.RootSecret;
import dev.heddle.control.kubernetes.TokenReviews;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mesh's authority in a cluster: its root is shared, its callers are pods, all may read it. */
final class ClusterAuthority implements AutoCloseable {

  /** What injected containers extend where they may get options in ways that cannot be seen. */
  private static final Map<String, String> NO_JAVA_OPTIONS =
      Map.of("JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", "");

  private final Connection connection;
  private final RootSecret root;
  private final MeshAuthority authority;
  private @Nullable NamespaceConfigMaps kept;

  private ClusterAuthority(Connection connection, RootSecret root, MeshAuthority authority) {
    this.connection = connection;
    this.root = root;
    this.authority = authority;
  }

  /**
   * IOException says what of the root cannot be used.
   *
   * @param namespace of the root's Secret
   * @param pods where they are
   */
  static ClusterAuthority open(
      Connection connection,
      String namespace,
      AuthoritySettings settings,
      CaEvents events,
      PodProofs.Addresses pods)
      throws IOException {
    InstantSource clock = InstantSource.system();
    RootSecret root =
        RootSecret.open(
            new AuthoritySecrets(connection, namespace, clock),
            new SharedAuthority(settings.directory(), clock, new SecureRandom()),
            settings.trustDomain());
    try {
      PodProofs proofs =
          new PodProofs(new TokenReviews(connection, settings.trustDomain(), clock), pods);
      MeshAuthority authority = MeshAuthority.open(settings, events, clock, proofs);
      root.follow();
      return new ClusterAuthority(connection, root, authority);
    } catch (IOException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  /** Closed by whoever asks for it. */
  MeshAuthority authority() {
    return authority;
  }

  /** Every namespace has the roots, and the empty options that injected containers extend. */
  synchronized void keepConfigMaps() {
    kept =
        NamespaceConfigMaps.start(
            connection,
            Map.of(
                Names.TRUST_BUNDLE,
                () -> Map.of(Names.TRUST_BUNDLE_KEY, String.join("", authority.roots())),
                Names.JAVA_OPTIONS,
                () -> NO_JAVA_OPTIONS),
            InstantSource.system());
  }

  /** Another replica does. */
  synchronized void leaveConfigMaps() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  /** Others are trusted than before. */
  synchronized void rootsChanged() {
    if (kept != null) {
      kept.changed();
    }
  }

  @Override
  public void close() {
    leaveConfigMaps();
    root.close();
  }
}
