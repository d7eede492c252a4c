package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the API server whom to believe when it calls the webhooks: keeps the caBundle of both
 * configurations equal to the mesh's roots. Every replica does, for all write the same; which
 * webhooks there are is the installation's business.
 */
public final class WebhookBundles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.kubernetes");

  /**
   * How often both are looked at: an installer that applies its files again takes the bundle away,
   * and a new root must be known before it signs, which waits 60 s (RootRotation).
   */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final String DEFAULT_REVISION = "default";

  private final KubernetesClient client;
  private final String suffix;
  private final Supplier<List<String>> roots;
  private final Map<String, String> told = new HashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("heddle-webhook-bundles").daemon().factory());

  private WebhookBundles(Connection connection, String revision, Supplier<List<String>> roots) {
    client = connection.client();
    suffix = revision.equals(DEFAULT_REVISION) ? "" : "-" + revision;
    this.roots = roots;
  }

  /**
   * Looks at once, and every 5 seconds until this is closed.
   *
   * @param revision of another one than {@code default} the configurations' names end with it
   * @param roots the trusted roots as PEM, one each
   */
  public static WebhookBundles follow(
      Connection connection, String revision, Supplier<List<String>> roots) {
    WebhookBundles bundles = new WebhookBundles(connection, revision, roots);
    Future<?> unused =
        bundles.looking.scheduleWithFixedDelay(
            bundles::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return bundles;
  }

  private void look() {
    String bundle =
        Base64.getEncoder()
            .encodeToString(String.join("", roots.get()).getBytes(StandardCharsets.UTF_8));
    var admission = client.admissionRegistration().v1();
    keep(
        "MutatingWebhookConfiguration " + Names.INJECTOR + suffix,
        admission.mutatingWebhookConfigurations().withName(Names.INJECTOR + suffix),
        WebhookBundles::mutating,
        bundle);
    keep(
        "ValidatingWebhookConfiguration " + Names.VALIDATOR + suffix,
        admission.validatingWebhookConfigurations().withName(Names.VALIDATOR + suffix),
        WebhookBundles::validating,
        bundle);
  }

  private interface Clients<T> {
    Stream<WebhookClientConfig> of(T configuration);
  }

  private static Stream<WebhookClientConfig> mutating(MutatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream().map(webhook -> webhook.getClientConfig());
  }

  private static Stream<WebhookClientConfig> validating(
      ValidatingWebhookConfiguration configuration) {
    return configuration.getWebhooks().stream().map(webhook -> webhook.getClientConfig());
  }

  private <T extends HasMetadata> void keep(
      String name, Resource<T> held, Clients<T> clients, String bundle) {
    try {
      T configuration = held.get();
      if (configuration == null) {
        tell(name, "is absent: nothing is asked of this control service there; heddle install");
        return;
      }
      List<WebhookClientConfig> wrong =
          clients.of(configuration).filter(c -> !bundle.equals(c.getCaBundle())).toList();
      if (!wrong.isEmpty()) {
        wrong.forEach(each -> each.setCaBundle(bundle));
        // With the resourceVersion that was read: who was faster holds, and is looked at again.
        client.resource(configuration).update();
        LOG.info("{}: caBundle of {} webhooks is the mesh's roots now", name, wrong.size());
      }
      told.remove(name);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        tell(name, "keeps the caBundle that it has: " + e.getMessage());
      }
    } catch (RuntimeException e) { // the next look may fare better
      tell(name, "keeps the caBundle that it has: " + e);
    }
  }

  private void tell(String name, String what) {
    if (!what.equals(told.put(name, what))) {
      LOG.warn("{} {}", name, what);
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
