package dev.heddle.control.kubernetes;

import dev.heddle.control.ca.RootRotation;
import dev.heddle.control.ca.RootRotation.Outcome;
import dev.heddle.control.ca.SharedAuthority;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Map;

/** A step to a new root on the Secret that holds it: by way of a directory, all or nothing. */
public final class SecretRotation {

  private final AuthoritySecrets secrets;

  /** Nothing is read yet. */
  public SecretRotation(AuthoritySecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * Does the next step; IOException says why it cannot be done.
   *
   * @param directory an empty one for the files meanwhile
   * @param rotation of that directory
   * @param patient whether it waits until everyone can know of the step before
   */
  public Outcome step(
      Path directory, SharedAuthority shared, RootRotation rotation, boolean patient)
      throws IOException {
    try {
      Secret secret = secrets.find();
      if (secret == null) {
        throw new IOException(
            "no Secret "
                + Names.CA_SECRET
                + " (expected: one, which control makes when it starts first)");
      }
      if (!secrets.isOurs(secret)) {
        throw new IOException(
            "Secret "
                + secrets.described(secret)
                + " is another authority's (expected: its owner changes it, with both roots in"
                + " root-cert.pem for as long as certificates of the old one are valid)");
      }
      shared.become(AuthoritySecrets.files(secret), AuthoritySecrets.changed(secret));
      Outcome outcome = rotation.step(patient);
      Map<String, String> files = shared.files();
      if (!(outcome instanceof Outcome.TooEarly)) {
        secrets.replace(secret, files);
      }
      return outcome;
    } catch (KubernetesClientException e) {
      boolean changed = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
      throw new IOException(
          changed
              ? "the Secret was changed meanwhile; nothing was done, try again"
              : "the Secret of the mesh's root: " + e.getMessage(),
          e);
    }
  }
}
