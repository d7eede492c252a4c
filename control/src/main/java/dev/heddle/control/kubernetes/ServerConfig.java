package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the API server is, looked for as kubectl does: a file that was named, then the pod's own
 * service account, then {@code KUBECONFIG} or {@code ~/.kube/config}.
 *
 * @param source where it was found, for people
 */
record ServerConfig(Config config, String source) {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /**
   * What this process has been given; IOException says what was looked for.
   *
   * @param kubeconfig a file of kubectl's, null to look for one
   */
  static ServerConfig find(@Nullable Path kubeconfig) throws IOException {
    return find(kubeconfig, System.getenv(), ACCOUNT, Path.of(System.getProperty("user.home")));
  }

  static ServerConfig find(
      @Nullable Path kubeconfig, Map<String, String> environment, Path account, Path home)
      throws IOException {
    if (kubeconfig != null) {
      return new ServerConfig(read(kubeconfig), "kubeconfig " + kubeconfig);
    }
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    if (!host.isEmpty() && Files.exists(account.resolve("token"))) {
      String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
      return new ServerConfig(ofAccount(host, port, account), "the pod's service account");
    }
    String named = environment.getOrDefault("KUBECONFIG", "");
    if (!named.isEmpty()) {
      return new ServerConfig(Config.autoConfigure(null), "KUBECONFIG=" + named);
    }
    Path usual = home.resolve(".kube/config");
    if (Files.exists(usual)) {
      return new ServerConfig(read(usual), "kubeconfig " + usual);
    }
    throw new IOException(
        "no cluster is known: there is no service account in "
            + account
            + ", KUBECONFIG is not set and there is no "
            + usual
            + "; name a file with --kubeconfig");
  }

  private static Config read(Path kubeconfig) throws IOException {
    if (!Files.isReadable(kubeconfig)) {
      throw new IOException("kubeconfig " + kubeconfig + " cannot be read (expected: a file)");
    }
    try {
      return Config.fromKubeconfig(kubeconfig.toFile());
    } catch (RuntimeException e) {
      throw new IOException("kubeconfig " + kubeconfig + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** The kubelet renews the token's file: it is read for each request. */
  private static Config ofAccount(String host, String port, Path account) {
    String authority = host.contains(":") ? "[" + host + "]" : host;
    Path token = account.resolve("token");
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://" + authority + ":" + port + "/")
        .withCaCertFile(account.resolve("ca.crt").toString())
        .withOauthTokenProvider(() -> text(token))
        .build();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return config.getMasterUrl() + " (from " + source + ")";
  }
}
