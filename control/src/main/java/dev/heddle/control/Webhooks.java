package dev.heddle.control;

import dev.heddle.control.admission.AdmissionServer;
import dev.heddle.control.admission.InjectionSettings;
import dev.heddle.control.admission.Injector;
import dev.heddle.control.admission.Validator;
import dev.heddle.control.ca.MeshAuthority;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.control.jwks.InlineKeySets;
import dev.heddle.control.kubernetes.Connection;
import dev.heddle.control.kubernetes.Names;
import dev.heddle.control.kubernetes.NamespaceLabels;
import dev.heddle.control.kubernetes.WebhookBundles;
import java.io.IOException;

/** What the API server asks about new objects, and what makes it believe the answers. */
final class Webhooks implements AutoCloseable {

  /** Where agents call, of the Service in {@code k8s/control}. */
  private static final int TLS_PORT = 15012;

  private final NamespaceLabels namespaces;
  private final AdmissionServer server;
  private final WebhookBundles bundles;

  private Webhooks(NamespaceLabels namespaces, AdmissionServer server, WebhookBundles bundles) {
    this.namespaces = namespaces;
    this.server = server;
    this.bundles = bundles;
  }

  /** IOException if the address cannot be listened on. */
  static Webhooks start(
      Connection connection,
      String namespace,
      ControlSettings.Webhooks settings,
      MeshAuthority authority,
      AdmissionMetrics metrics)
      throws IOException {
    InjectionSettings injection =
        new InjectionSettings(
            settings.agentImage(),
            settings.nodeImage(),
            settings.revision(),
            Names.CONTROL + "." + namespace + ".svc:" + TLS_PORT);
    NamespaceLabels namespaces = new NamespaceLabels(connection);
    try {
      AdmissionServer server =
          AdmissionServer.start(
              settings.address(),
              authority.serverKeys(),
              new Injector(injection, namespaces, metrics),
              new Validator(new RuleCheck(new InlineKeySets()), metrics),
              metrics);
      return new Webhooks(
          namespaces,
          server,
          WebhookBundles.follow(connection, settings.revision(), authority::roots));
    } catch (IOException | RuntimeException e) {
      namespaces.close();
      throw e;
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    bundles.close();
    server.close();
    namespaces.close();
  }
}
