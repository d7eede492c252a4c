package dev.heddle.control.command;

import dev.heddle.control.kubernetes.install.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which manifests, and which cluster. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ManifestOptions {

  @Option(
      names = "--overlay",
      paramLabel = "NAME",
      defaultValue = "base",
      description =
          "base, or a folder of k8s/overlays: coexist-with-istio, minikube, production (default:"
              + " ${DEFAULT-VALUE}).")
  private String overlay;

  @Option(
      names = "--image-registry",
      paramLabel = "R",
      defaultValue = "heddle.test",
      description = "Images are R/control, R/node and R/agent (default: ${DEFAULT-VALUE}).")
  private String registry;

  @Option(
      names = "--image-tag",
      paramLabel = "T",
      defaultValue = "dev",
      description = "Tag of the images (default: ${DEFAULT-VALUE}).")
  private String tag;

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      defaultValue = "k8s",
      description = "The folder k8s of a clone (default: ${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "As kubectl's; without it KUBECONFIG, then ~/.kube/config.")
  private @Nullable Path kubeconfig;

  Manifests read() throws IOException {
    return Manifests.read(home, overlay, registry, tag);
  }

  @Nullable Path kubeconfig() {
    return kubeconfig;
  }
}
