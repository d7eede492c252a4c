package dev.heddle.control.kubernetes.check;

import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.install.Rollout;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The mesh's own workloads and what they made. */
final class MeshChecks {

  /** A change of root takes three steps, the last a certificate's lifetime after the second. */
  private static final Duration NOTICE = Duration.ofDays(30);

  /** The fix where nothing is installed. */
  static final String INSTALL = "heddle install";

  private static final int NAMED = 5;

  private final KubernetesClient client;
  private final InstantSource clock;

  MeshChecks(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  List<Finding> rollout() {
    if (!isInstalled()) {
      return List.of(
          Finding.error(
              "rollout",
              "there is no Deployment " + Names.CONTROL + " in " + Names.SYSTEM_NAMESPACE,
              INSTALL));
    }
    Rollout rollout = new Rollout(client);
    List<String> missing = rollout.missing();
    if (missing.isEmpty()) {
      return List.of(Finding.ok("rollout", "control and the node daemons run"));
    }
    List<String> reasons = rollout.reasons();
    return List.of(
        Finding.error(
            "rollout",
            String.join(", ", missing)
                + (reasons.isEmpty() ? "" : "; " + String.join("; ", reasons)),
            "kubectl describe pods -n " + Names.SYSTEM_NAMESPACE));
  }

  List<Finding> certificates() {
    String roots = bundleOfTheMesh();
    if (roots.isEmpty()) {
      return List.of(
          Finding.error(
              "certificates",
              "there is no ConfigMap " + Names.TRUST_BUNDLE + " in " + Names.SYSTEM_NAMESPACE,
              "control makes it: its log says why not (kubectl logs -n heddle-system"
                  + " deploy/heddle-control)"));
    }
    List<Finding> found = new ArrayList<>();
    Instant now = clock.instant();
    try {
      for (X509Certificate root : certificates(roots)) {
        Instant end = root.getNotAfter().toInstant();
        String said = root.getSubjectX500Principal().getName() + " until " + end;
        String fix = "change the root: docs/reference/control.md, rotate-root";
        if (end.isBefore(now)) {
          found.add(Finding.error("certificates", "expired: " + said, fix));
        } else if (end.isBefore(now.plus(NOTICE))) {
          found.add(Finding.warning("certificates", said, fix));
        } else if (root.getNotBefore().toInstant().isAfter(now)) {
          found.add(Finding.error("certificates", "not valid yet: " + said, "look at the clocks"));
        } else {
          found.add(Finding.ok("certificates", said));
        }
      }
    } catch (CertificateException e) {
      return List.of(
          Finding.error(
              "certificates",
              "ConfigMap " + Names.TRUST_BUNDLE + " holds no certificates: " + e.getMessage(),
              "delete it; control makes it anew"));
    }
    return found;
  }

  List<Finding> bundles() {
    String roots = bundleOfTheMesh();
    Map<String, String> byNamespace =
        client
            .configMaps()
            .inAnyNamespace()
            .withField("metadata.name", Names.TRUST_BUNDLE)
            .list()
            .getItems()
            .stream()
            .collect(Collectors.toMap(m -> m.getMetadata().getNamespace(), MeshChecks::roots));
    List<String> lacking =
        client.namespaces().list().getItems().stream()
            .filter(MeshChecks::isActive)
            .map(namespace -> namespace.getMetadata().getName())
            .filter(name -> !roots.equals(byNamespace.get(name)))
            .toList();
    return List.of(
        lacking.isEmpty()
            ? Finding.ok("trust bundles", "the same in " + byNamespace.size() + " namespaces")
            : Finding.error(
                "trust bundles",
                "absent or old in " + some(lacking),
                "the leader among control's replicas writes them: look at its log"));
  }

  private boolean isInstalled() {
    return client
            .apps()
            .deployments()
            .inNamespace(Names.SYSTEM_NAMESPACE)
            .withName(Names.CONTROL)
            .get()
        != null;
  }

  private String bundleOfTheMesh() {
    ConfigMap map =
        client.configMaps().inNamespace(Names.SYSTEM_NAMESPACE).withName(Names.TRUST_BUNDLE).get();
    return map == null ? "" : roots(map);
  }

  private static String roots(ConfigMap map) {
    return map.getData() == null ? "" : map.getData().getOrDefault(Names.TRUST_BUNDLE_KEY, "");
  }

  private static boolean isActive(Namespace namespace) {
    return !"Terminating".equals(namespace.getStatus().getPhase());
  }

  @SuppressWarnings("unchecked") // of X.509 are X509Certificates
  private static Collection<X509Certificate> certificates(String pem) throws CertificateException {
    return (Collection<X509Certificate>)
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  static String some(List<String> names) {
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
  }
}
