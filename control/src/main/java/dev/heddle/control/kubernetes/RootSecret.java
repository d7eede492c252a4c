package dev.heddle.control.kubernetes;

import dev.heddle.control.ca.SharedAuthority;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root of the mesh in a Secret, the same for all replicas; the directory of each follows it.
 * Looked at in an interval, so that no lost watch and no restart of the API server matters.
 */
public final class RootSecret implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.ca");

  /** How often the Secret is looked at: far less than a change of roots waits between steps. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final AuthoritySecrets secrets;
  private final SharedAuthority authority;
  private final String name;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heddle-root-secret").daemon().factory());
  private String taken;
  private String told = "";

  private RootSecret(AuthoritySecrets secrets, SharedAuthority authority, Secret found)
      throws IOException {
    this.secrets = secrets;
    this.authority = authority;
    this.name = found.getMetadata().getName();
    this.taken = "";
    take(found);
  }

  /**
   * Makes the directory equal to the Secret, and the Secret where there is none. IOException says
   * what cannot be used.
   */
  public static RootSecret open(
      AuthoritySecrets secrets, SharedAuthority authority, String trustDomain) throws IOException {
    try {
      Secret found = secrets.find();
      if (found == null) {
        found = secrets.createOrTakeTheOthers(authority.openOrMake(trustDomain));
      }
      LOG.info("the root of the mesh is in Secret {}", secrets.described(found));
      return new RootSecret(secrets, authority, found);
    } catch (KubernetesClientException e) {
      throw new IOException(
          "the Secret of the mesh's root: "
              + e.getMessage()
              + " (expected: a ServiceAccount with the Role heddle-root)",
          e);
    }
  }

  /** Follows the Secret until this is closed. */
  public void follow() {
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Secret found = secrets.named(name);
      if (found == null) {
        found = putBack();
      }
      if (found != null) {
        take(found);
      }
      told = "";
    } catch (IOException | RuntimeException e) {
      problem(String.valueOf(e.getMessage()));
    }
  }

  /** Without it the next replica to start would make another root. */
  private @Nullable Secret putBack() throws IOException {
    if (!name.equals(Names.CA_SECRET)) {
      problem("Secret " + name + " is gone");
      return null;
    }
    Map<String, String> files = authority.files();
    LOG.warn("Secret {} is gone and is put back, for it is the root of the mesh", name);
    return secrets.createOrTakeTheOthers(files);
  }

  private void take(Secret found) throws IOException {
    String version = found.getMetadata().getUid() + found.getMetadata().getResourceVersion();
    if (version.equals(taken)) {
      return;
    }
    try {
      authority.become(AuthoritySecrets.files(found), AuthoritySecrets.changed(found));
    } catch (IOException e) {
      throw new IOException("Secret " + secrets.described(found) + ": " + e.getMessage(), e);
    }
    taken = version;
  }

  private void problem(String message) {
    if (!message.equals(told)) {
      LOG.error("{}; what was read before stays in force", message);
      told = message;
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
