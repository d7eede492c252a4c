package dev.heddle.node.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * {@code /config}: what is held of the mesh for each workload, as rules made it: who may call it,
 * and how its own calls are routed.
 */
public final class ConfigPage implements PageServer.Page {

  private final Supplier<? extends Collection<MeshWorkload>> workloads;

  public ConfigPage(Supplier<? extends Collection<MeshWorkload>> workloads) {
    this.workloads = workloads;
  }

  @Override
  public Reply get() throws IOException {
    return EachWorkload.reply(workloads, ConfigPage::workload);
  }

  private static void workload(JsonGenerator json, MeshWorkload workload) throws IOException {
    policy(json, workload.policy());
    List<HostRoutes> held =
        workload.router().held().stream()
            .sorted(Comparator.comparing(HostRoutes::host).thenComparingInt(HostRoutes::port))
            .toList();
    json.writeArrayFieldStart("hosts");
    int written = 0;
    for (HostRoutes routes : held) {
      if (Reply.isFull(json)) {
        break;
      }
      host(json, routes);
      written++;
    }
    json.writeEndArray();
    json.writeNumberField("hostsLeftOut", held.size() - written);
  }

  private static void policy(JsonGenerator json, WorkloadPolicy policy) throws IOException {
    json.writeObjectFieldStart("mutualTls");
    json.writeStringField("mode", policy.mode().name());
    for (Map.Entry<Integer, ?> port : new TreeMap<>(policy.portModes()).entrySet()) {
      json.writeStringField("port " + port.getKey(), port.getValue().toString());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("authorizationPolicies");
    for (AuthorizationPolicy guard : policy.policies()) {
      json.writeStartObject();
      json.writeStringField("name", guard.name());
      json.writeStringField("action", guard.action().name());
      json.writeBooleanField("dryRun", guard.dryRun());
      texts(json, "rules", guard.rules());
      json.writeEndObject();
    }
    json.writeEndArray();
    texts(json, "tokenIssuers", policy.jwtRules().stream().map(JwtRule::issuer).toList());
  }

  private static void host(JsonGenerator json, HostRoutes routes) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", routes.host());
    json.writeNumberField("port", routes.port());
    texts(json, "routes", routes.routes());
    texts(json, "tcpRoutes", routes.tcpRoutes());
    texts(json, "clusters", routes.clusters().stream().map(Cluster::toString).toList());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<?> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (Object value : values) {
      json.writeString(value.toString());
    }
    json.writeEndArray();
  }
}
