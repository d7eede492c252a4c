package dev.heddle.control;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where configuration comes from: exactly one of a directory and a cluster. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SourceOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Directory of YAML files to follow; this or --kubernetes.")
  private @Nullable Path config;

  @Option(
      names = "--kubernetes",
      description =
          "Follow the API server of a cluster: of the one that this runs in, else of KUBECONFIG or"
              + " ~/.kube/config.")
  private boolean kubernetes;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "With --kubernetes: the file that says where the API server is.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "heddle-system",
      description =
          "With --kubernetes: where Heddle's own objects are (default: ${DEFAULT-VALUE}).")
  private String namespace;

  @Option(
      names = "--webhooks",
      paramLabel = "HOST:PORT",
      description =
          "With --kubernetes and --ca-dir: where the API server asks about new objects, for"
              + " injection and validation.")
  private @Nullable String webhooks;

  @Option(
      names = "--agent-image",
      paramLabel = "IMAGE",
      description = "With --webhooks: the image that carries the agent.")
  private @Nullable String agentImage;

  @Option(
      names = "--node-image",
      paramLabel = "IMAGE",
      description = "With --webhooks: the image of the node daemon.")
  private @Nullable String nodeImage;

  @Option(
      names = "--revision",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "With --webhooks: the revision label of the namespaces and pods that are this control's"
              + " (default: ${DEFAULT-VALUE}).")
  private String revision;

  /** The source; ParameterException says which options do not fit together. */
  ControlSettings.Source source(BiFunction<String, String, InetSocketAddress> address) {
    if (kubernetes == (config != null)) {
      throw usage(
          kubernetes
              ? "--config and --kubernetes are both there (expected: one of them)"
              : "Missing required option: '--config=DIR' or '--kubernetes'");
    }
    if (config != null) {
      return directory(config);
    }
    return new ControlSettings.Kubernetes(kubeconfig, namespace, webhooks(address));
  }

  private ControlSettings.Directory directory(Path path) {
    if (kubeconfig != null || webhooks != null) {
      throw usage(
          (kubeconfig == null ? "--webhooks" : "--kubeconfig") + " is for --kubernetes only");
    }
    if (!Files.isDirectory(path)) {
      throw usage("--config " + path + " is no directory; create it or name another");
    }
    return new ControlSettings.Directory(path);
  }

  private ControlSettings.@Nullable Webhooks webhooks(
      BiFunction<String, String, InetSocketAddress> address) {
    if (webhooks == null) {
      return null;
    }
    if (agentImage == null || nodeImage == null) {
      throw usage("--webhooks needs --agent-image and --node-image, which injected pods name");
    }
    return new ControlSettings.Webhooks(
        address.apply("--webhooks", webhooks), agentImage, nodeImage, revision);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
