package dev.heddle.control.kubernetes;

import dev.heddle.control.config.MeshOptions;
import dev.heddle.rules.GoDuration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What ConfigMap {@value Names#MESH_CONFIG} says, under the names that Istio's MeshConfig has. It
 * goes before the command line.
 *
 * @param trustDomain first part of all identities, empty where it is not said; taken at the start
 * @param certificateLifetime the longest of a certificate, null where it is not said; taken at the
 *     start
 * @param options what is in force at once
 * @param problems what of it is not honoured, one sentence each
 */
public record MeshSettings(
    String trustDomain,
    @Nullable Duration certificateLifetime,
    MeshOptions options,
    List<String> problems) {

  /** Nothing is said. */
  public static final MeshSettings NONE =
      new MeshSettings("", null, MeshOptions.DEFAULT, List.of());

  private static final String KNOWN =
      "trustDomain, certificateLifetime, rootNamespace, outboundTrafficPolicy";

  /** Reads the text of {@value Names#MESH_CONFIG_KEY}; never throws for its content. */
  static MeshSettings read(String yaml, KubernetesSerialization serialization) {
    if (yaml.isBlank()) {
      return NONE;
    }
    try {
      Object tree = serialization.unmarshal(yaml, Object.class);
      return tree instanceof Map<?, ?> keys
          ? new Reading().read(keys)
          : problem("is no map of settings (expected: like rootNamespace: istio-system)");
    } catch (RuntimeException e) {
      return problem("is not YAML: " + e.getMessage());
    }
  }

  /** What the cluster says now; IOException if it cannot be asked. */
  public static MeshSettings read(Connection connection, String namespace) throws IOException {
    KubernetesClient client = connection.client();
    try {
      ConfigMap there =
          client.configMaps().inNamespace(namespace).withName(Names.MESH_CONFIG).get();
      return there == null ? NONE : of(there, client.getKubernetesSerialization());
    } catch (KubernetesClientException e) {
      throw new IOException(
          "ConfigMap "
              + namespace
              + "/"
              + Names.MESH_CONFIG
              + " cannot be read (expected: to be bound to Role heddle-control-lead there): "
              + e.getMessage(),
          e);
    }
  }

  /** What an object says. */
  public static MeshSettings of(ConfigMap object, KubernetesSerialization serialization) {
    Map<String, String> data = object.getData();
    return read(data == null ? "" : data.getOrDefault(Names.MESH_CONFIG_KEY, ""), serialization);
  }

  private static MeshSettings problem(String sentence) {
    return new MeshSettings("", null, MeshOptions.DEFAULT, List.of(sentence));
  }

  /** The same, saying also what differs from what this process was started with. */
  public MeshSettings since(MeshSettings started) {
    List<String> all = new ArrayList<>(problems);
    if (!trustDomain.equals(started.trustDomain)) {
      all.add(restart("trustDomain"));
    }
    if (!Objects.equals(certificateLifetime, started.certificateLifetime)) {
      all.add(restart("certificateLifetime"));
    }
    return new MeshSettings(trustDomain, certificateLifetime, options, List.copyOf(all));
  }

  private static String restart(String key) {
    return key + " has changed and is taken when " + Names.CONTROL + " is started anew";
  }

  private static final class Reading {
    private String trustDomain = "";
    private @Nullable Duration certificateLifetime;
    private MeshOptions options = MeshOptions.DEFAULT;
    private final List<String> problems = new ArrayList<>();

    MeshSettings read(Map<?, ?> keys) {
      keys.forEach((key, value) -> read(String.valueOf(key), value));
      return new MeshSettings(trustDomain, certificateLifetime, options, List.copyOf(problems));
    }

    private void read(String key, @Nullable Object value) {
      switch (key) {
        case "trustDomain" -> trustDomain = text(key, value);
        case "certificateLifetime" -> certificateLifetime = duration(key, value);
        case "rootNamespace" -> {
          String namespace = text(key, value);
          options = namespace.isEmpty() ? options : new MeshOptions(namespace);
        }
        case "outboundTrafficPolicy" -> outbound(value);
        default -> problems.add(key + " is not known (expected: one of " + KNOWN + ")");
      }
    }

    private String text(String key, @Nullable Object value) {
      if (value instanceof String text && !text.isBlank()) {
        return text;
      }
      problems.add(key + " is " + value + " (expected: a text)");
      return "";
    }

    private @Nullable Duration duration(String key, @Nullable Object value) {
      try {
        return GoDuration.parse(String.valueOf(value)).value();
      } catch (IllegalArgumentException e) {
        problems.add(key + ": " + e.getMessage());
        return null;
      }
    }

    private void outbound(@Nullable Object value) {
      Object mode = value instanceof Map<?, ?> policy ? policy.get("mode") : value;
      if (!"ALLOW_ANY".equals(mode)) {
        problems.add(
            "outboundTrafficPolicy.mode is "
                + mode
                + " (expected: ALLOW_ANY; calls to hosts that the mesh does not know always go"
                + " out)");
      }
    }
  }
}
