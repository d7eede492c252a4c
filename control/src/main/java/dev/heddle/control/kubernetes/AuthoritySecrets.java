package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets in which the files of an authority may be: Istio's {@code cacerts}, which somebody
 * else keeps and we read, or our own.
 */
public final class AuthoritySecrets {

  /** When the files came to be as they are: ISO-8601, UTC. */
  private static final String CHANGED = "heddle.dev/root-changed";

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;

  /** Those of a namespace. */
  public AuthoritySecrets(Connection connection, String namespace, InstantSource clock) {
    this.client = connection.client();
    this.namespace = namespace;
    this.clock = clock;
  }

  /** The one that counts, or null where there is none. */
  @Nullable Secret find() {
    Secret pluggedIn = named(Names.ISTIO_CA_SECRET);
    return pluggedIn == null ? named(Names.CA_SECRET) : pluggedIn;
  }

  @Nullable Secret named(String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  boolean isOurs(Secret secret) {
    return secret.getMetadata().getName().equals(Names.CA_SECRET);
  }

  /** Our own with these files, or as another process made it in the same moment. */
  Secret createOrTakeTheOthers(Map<String, String> files) {
    Secret made =
        new SecretBuilder()
            .withNewMetadata()
            .withName(Names.CA_SECRET)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "heddle-control")
            .addToAnnotations(CHANGED, clock.instant().toString())
            .endMetadata()
            .withType("Opaque")
            .withData(encoded(files))
            .build();
    try {
      return client.resource(made).create();
    } catch (KubernetesClientException e) {
      Secret others =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT ? named(Names.CA_SECRET) : null;
      if (others == null) {
        throw e;
      }
      return others;
    }
  }

  /** The same Secret with other files, if nobody has changed it since it was read. */
  Secret replace(Secret read, Map<String, String> files) {
    return client
        .resource(
            new SecretBuilder(read)
                .editMetadata()
                .addToAnnotations(CHANGED, clock.instant().toString())
                .endMetadata()
                .withData(encoded(files))
                .build())
        .update();
  }

  String described(Secret secret) {
    return namespace + "/" + secret.getMetadata().getName();
  }

  /** The files in a Secret, as text by name. */
  static Map<String, String> files(Secret secret) {
    Map<String, String> files = new TreeMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach(
              (name, value) ->
                  files.put(
                      name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    }
    return files;
  }

  /** When the files came to be as they are; where nobody says so, when the Secret did. */
  static Instant changed(Secret secret) throws IOException {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    String said = annotations == null ? null : annotations.get(CHANGED);
    try {
      return Instant.parse(said == null ? secret.getMetadata().getCreationTimestamp() : said);
    } catch (DateTimeException e) {
      throw new IOException(
          "annotation " + CHANGED + ": \"" + said + "\" (expected: like 2026-01-31T12:00:00Z)", e);
    }
  }

  private static Map<String, String> encoded(Map<String, String> files) {
    Map<String, String> data = new TreeMap<>();
    files.forEach(
        (name, text) ->
            data.put(
                name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
