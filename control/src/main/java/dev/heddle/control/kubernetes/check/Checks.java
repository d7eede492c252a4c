package dev.heddle.control.kubernetes.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.control.kubernetes.Connection;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All checks, one after the other; one that cannot be made is a finding too. */
public final class Checks {

  private final KubernetesClient client;
  private final InstantSource clock;

  /** Asks the cluster at the other end, as whom the connection proves. */
  public Checks(Connection connection, InstantSource clock) {
    this.client = connection.client();
    this.clock = clock;
  }

  /** Whether the mesh can be installed. */
  public List<Finding> before() {
    ClusterChecks cluster = new ClusterChecks(client, clock);
    List<Finding> found = new ArrayList<>();
    add(found, "Kubernetes version", cluster::version);
    add(found, "clock", cluster::clock);
    add(found, "permissions", new PermissionChecks(client)::toInstall);
    add(found, "nodes", cluster::nodes);
    add(found, "kinds of rules", cluster::ruleKinds);
    add(found, "other meshes", cluster::otherMeshes);
    return found;
  }

  /** Whether the mesh that is installed works. */
  public List<Finding> after() {
    ClusterChecks cluster = new ClusterChecks(client, clock);
    MeshChecks mesh = new MeshChecks(client, clock);
    WebhookChecks webhooks = new WebhookChecks(client);
    List<Finding> found = new ArrayList<>();
    add(found, "Kubernetes version", cluster::version);
    add(found, "clock", cluster::clock);
    add(found, "kinds of rules", cluster::ruleKindsInstalled);
    add(found, "rollout", mesh::rollout);
    if (isAbsent(found)) {
      return found;
    }
    add(found, "certificates", mesh::certificates);
    add(found, "trust bundles", mesh::bundles);
    add(found, "webhooks", webhooks::registered);
    add(found, "injection", webhooks::reachable);
    add(found, "agents", new AgentChecks(client, clock)::calledHome);
    return found;
  }

  /** Without control all else would only say so again. */
  private static boolean isAbsent(List<Finding> found) {
    return found.getLast().fix().equals(MeshChecks.INSTALL);
  }

  /** Findings as a JSON array. */
  public static String json(List<Finding> findings) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings are plain records", e);
    }
  }

  private static void add(List<Finding> found, String name, Supplier<List<Finding>> check) {
    try {
      found.addAll(check.get());
    } catch (KubernetesClientException e) {
      found.add(
          Finding.error(
              name,
              "could not be looked at: " + said(e),
              "ask as somebody who may read it, or mend the way to the API server"));
    }
  }

  static String said(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
