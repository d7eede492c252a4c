package dev.heddle.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Heddle and its shop of samples in a cluster, from the manifests of this clone. */
final class Installation {

  private static final Path HOME = Path.of(System.getProperty("heddle.home"));

  /** A build of five images, each with a JDK's modules. */
  private static final Duration IMAGES_LIMIT = Duration.ofMinutes(8);

  private static final String ROLLOUT = "--timeout=115s";

  private final Cluster cluster;
  private final Path directory;

  Installation(Cluster cluster, Path directory) {
    this.cluster = cluster;
    this.directory = directory;
  }

  /** Makes the images of what was built, and gives them to the node. */
  void images() throws IOException {
    Path images = directory.resolve("images");
    Command.of(HOME.resolve("heddle"), "images", "--out", images.toString()).succeed(IMAGES_LIMIT);
    cluster.importImages(images);
  }

  /** Installs the control service and the node daemon, and waits until they serve. */
  void mesh() throws IOException {
    apply("heddle-system", "k8s/overlays/minikube");
    rolledOut("heddle-system", "deployment/heddle-control", "daemonset/heddle-node");
  }

  /** Rolls the shop out, which asks to be injected. */
  void shop() throws IOException {
    apply("shop", "k8s/samples/shop");
    rolledOut(
        "shop",
        "deployment/storefront-v1",
        "deployment/catalog-v1",
        "deployment/reviews-v1",
        "deployment/reviews-v2",
        "deployment/reviews-v3",
        "deployment/ratings-v1",
        "deployment/recommendations-v1");
  }

  /** All of one kustomization that has a namespace is in this one. */
  private void apply(String namespace, String kustomization) throws IOException {
    String folder = kustomization(kustomization).toString();
    cluster.kubectl("-n", namespace, "apply", "--server-side", "-k", folder);
  }

  void rolledOut(String namespace, String... names) {
    for (String name : names) {
      cluster.kubectl("-n", namespace, "rollout", "status", name, ROLLOUT);
    }
  }

  void rule(String file) {
    cluster.kubectl("-n", "shop", "apply", "-f", rules(file));
  }

  private static String rules(String file) {
    return HOME.resolve("k8s/samples/shop/rules").resolve(file).toString();
  }

  /** Takes away all of it, and waits until it is gone. */
  void remove() {
    cluster.kubectl("delete", "namespace", "shop", "--timeout=100s");
    cluster.kubectl(
        "-n",
        "heddle-system",
        "delete",
        "-k",
        directory.resolve("minikube").toString(),
        "--ignore-not-found",
        "--timeout=100s");
  }

  private Path kustomization(String of) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(Path.of(of).getFileName()));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: ["%s"]
        configurations: ["image-fields.yaml"]
        images:
        - {name: heddle-control, newName: heddle.test/control, newTag: dev}
        - {name: heddle-node, newName: heddle.test/node, newTag: dev}
        - {name: heddle-agent, newName: heddle.test/agent, newTag: dev}
        - {name: heddle-samples, newName: heddle.test/samples, newTag: dev}
        - {name: heddle-samples-python, newName: heddle.test/samples-python, newTag: dev}
        """
            .formatted(folder.relativize(HOME.resolve(of))));
    Files.copy(
        HOME.resolve("k8s/control/image-fields.yaml"),
        folder.resolve("image-fields.yaml"),
        StandardCopyOption.REPLACE_EXISTING);
    return folder;
  }
}
