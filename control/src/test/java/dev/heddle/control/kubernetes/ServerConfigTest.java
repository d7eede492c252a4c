package dev.heddle.control.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the API server is looked for. */
class ServerConfigTest {

  @TempDir private Path directory;
  private Path account;

  @BeforeEach
  void anAccount() throws IOException {
    account = Files.createDirectory(directory.resolve("account"));
  }

  private ServerConfig find(@Nullable Path named, Map<String, String> environment)
      throws IOException {
    return ServerConfig.find(named, environment, account, directory);
  }

  private Path file(String name, String host) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "https://%s:6443"}}]
        users: [{name: u, user: {token: secret}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(host));
  }

  @Test
  void aNamedFileGoesBeforeAll() throws IOException {
    Files.writeString(account.resolve("token"), "t");
    Path named = file("named", "named.example");
    assertThat(find(named, Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")))
        .asString()
        .contains("https://named.example:6443", "named");
  }

  @Test
  void inAPodItIsTheAccountWhoseTokenIsReadEachTime() throws IOException {
    Files.writeString(account.resolve("token"), "one\n");
    ServerConfig found =
        find(null, Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"));
    assertThat(found).asString().contains("https://[fd00::1]:443/", "service account");
    assertThat(found.config().getOauthTokenProvider().getToken()).isEqualTo("one");
    Files.writeString(account.resolve("token"), "two\n");
    assertThat(found.config().getOauthTokenProvider().getToken()).isEqualTo("two");
  }

  @Test
  void elsewhereItIsTheUsualFile() throws IOException {
    file(".kube/config", "usual.example");
    assertThat(find(null, Map.of())).asString().contains("https://usual.example:6443");
  }

  @Test
  void whereThereIsNoneItSaysWhatWasTriedAndWhatToDo() {
    assertThatThrownBy(() -> find(null, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("service account", "KUBECONFIG", ".kube/config", "--kubeconfig");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> find(directory.resolve("absent"), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent cannot be read");
  }
}
