package dev.heddle.control.serve;

import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.v1.TrustBundle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What another view shows, and whom the mesh trusts. */
public final class TrustingView implements ResourceView {

  private final ResourceView rules;
  private final VersionedResource bundle;

  /**
   * A view with roots.
   *
   * @param roots PEM, one certificate each
   */
  public TrustingView(ResourceView rules, String trustDomain, List<String> roots) {
    this.rules = rules;
    this.bundle =
        VersionedResource.of(
            TrustBundle.newBuilder().setTrustDomain(trustDomain).addAllRoots(roots).build());
  }

  @Override
  public @Nullable VersionedResource find(ClientScope scope, String typeUrl, String name) {
    if (typeUrl.equals(ResourceType.TRUST_BUNDLE)) {
      return name.equals(ResourceType.MESH) ? bundle : null;
    }
    return rules.find(scope, typeUrl, name);
  }
}
