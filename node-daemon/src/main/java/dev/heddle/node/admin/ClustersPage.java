package dev.heddle.node.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.ClusterState;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /clusters}: where each workload's calls can go, and what its calls have seen of the
 * endpoints: who is left out, and how busy each is.
 */
public final class ClustersPage implements PageServer.Page {

  private final Supplier<? extends Collection<MeshWorkload>> workloads;

  public ClustersPage(Supplier<? extends Collection<MeshWorkload>> workloads) {
    this.workloads = workloads;
  }

  @Override
  public Reply get() throws IOException {
    return EachWorkload.reply(workloads, ClustersPage::workload);
  }

  private static void workload(JsonGenerator json, MeshWorkload workload) throws IOException {
    List<ClusterState> clusters =
        workload.router().clusters().values().stream()
            .sorted(Comparator.comparing(ClustersPage::name))
            .toList();
    json.writeArrayFieldStart("clusters");
    int written = 0;
    for (ClusterState cluster : clusters) {
      if (Reply.isFull(json)) {
        break;
      }
      cluster(json, cluster);
      written++;
    }
    json.writeEndArray();
    json.writeNumberField("clustersLeftOut", clusters.size() - written);
  }

  private static String name(ClusterState cluster) {
    Destination to = cluster.cluster().destination();
    return to.host() + ':' + to.port() + ' ' + to.subset();
  }

  private static void cluster(JsonGenerator json, ClusterState cluster) throws IOException {
    Destination to = cluster.cluster().destination();
    json.writeStartObject();
    json.writeStringField("host", to.host());
    json.writeNumberField("port", to.port());
    json.writeStringField("subset", to.subset());
    json.writeStringField("resolution", cluster.cluster().resolution().name());
    json.writeNumberField("ejections", cluster.ejections());
    json.writeBooleanField("panicking", cluster.panicking());
    List<Host> hosts = cluster.hosts();
    json.writeArrayFieldStart("endpoints");
    int written = 0;
    for (Host host : hosts) {
      if (Reply.isFull(json)) {
        break;
      }
      endpoint(json, host);
      written++;
    }
    json.writeEndArray();
    json.writeNumberField("endpointsLeftOut", hosts.size() - written);
    json.writeEndObject();
  }

  private static void endpoint(JsonGenerator json, Host host) throws IOException {
    Endpoint endpoint = host.endpoint();
    json.writeStartObject();
    json.writeStringField("address", endpoint.address());
    json.writeNumberField("port", endpoint.port());
    json.writeStringField("health", endpoint.health().name());
    json.writeBooleanField("ejected", host.health().ejected());
    json.writeNumberField("timesEjected", host.health().timesEjected());
    json.writeNumberField("activeRequests", host.activeRequests());
    json.writeNumberField("weight", host.weight());
    json.writeStringField("locality", endpoint.locality());
    json.writeBooleanField("meshTls", endpoint.meshTls());
    json.writeEndObject();
  }
}
