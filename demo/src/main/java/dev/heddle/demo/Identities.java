package dev.heddle.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The authority of the demo's mesh, and the tokens by which programs prove who they are. */
final class Identities {

  private final Home home;
  private final Path directory;

  /**
   * @param directory for the authority's files and the tokens
   */
  Identities(Home home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /** What control is started with in order to sign certificates. */
  List<String> controlOptions() {
    return List.of("--ca-dir", directory.toString(), "--tls", "127.0.0.1:0");
  }

  /** Makes tokens of these service accounts and of the node, all at a time. */
  void issue(List<String> accounts) throws IOException {
    List<CompletableFuture<Void>> made = new ArrayList<>();
    for (String account : accounts) {
      made.add(token(account, "--namespace", "default", "--service-account", account));
    }
    made.add(token(CapturedPod.NODE, "--node", CapturedPod.NODE));
    try {
      made.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IOException("no token: " + e.getMessage(), e);
    }
  }

  private CompletableFuture<Void> token(String name, String... whose) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            List<String> command = new ArrayList<>(List.of(Java.own()));
            command.addAll(Java.SMALL);
            command.addAll(List.of("-jar", home.control().toString(), "token"));
            command.addAll(List.of("--ca-dir", directory.toString()));
            command.addAll(List.of(whose));
            Files.writeString(tokenOf(name), Commands.run(command));
          } catch (IOException e) {
            throw new CompletionException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
          }
        },
        work -> Thread.ofVirtual().start(work));
  }

  /** The token of a service account, or of the node. */
  Path tokenOf(String name) {
    return directory.resolve(name + ".token");
  }

  /** The roots to believe. */
  Path roots() {
    return directory.resolve("root-cert.pem");
  }

  /** Settings of the agent in a program of this account. */
  Map<String, String> agentSettings(String account) {
    Map<String, String> settings = new HashMap<>();
    settings.put("HEDDLE_CONTROL_TLS", "on");
    settings.put("HEDDLE_CONTROL_CA", roots().toString());
    settings.put("HEDDLE_TOKEN_FILE", tokenOf(account).toString());
    settings.put("HEDDLE_SERVICE_ACCOUNT", account);
    return settings;
  }
}
