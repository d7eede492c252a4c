package dev.heddle.node;

import dev.heddle.node.admin.CertsPage;
import dev.heddle.node.admin.ClustersPage;
import dev.heddle.node.admin.ConfigPage;
import dev.heddle.node.admin.IndexPage;
import dev.heddle.node.admin.LogLevelPage;
import dev.heddle.node.admin.PageServer.Page;
import dev.heddle.node.admin.PodsPage;
import dev.heddle.node.admin.Reply;
import dev.heddle.node.capture.PodStatus;
import dev.heddle.node.pod.MeshWorkload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The pages for people, on the port of {@code --admin}. */
final class AdminPages {

  private static final Map<String, String> SAY =
      Map.of(
          "/", "these pages",
          "/certs", "certificates of workloads, and whom they believe; no keys",
          "/clusters", "endpoints that calls can go to, those left out among them",
          "/config", "who may call each workload, and how its calls are routed",
          "/healthz", "ok: the daemon is there",
          "/loglevel", "how much is logged; PUT or POST off, error, warn, info, debug or trace",
          "/pods", "captured pods");

  private AdminPages() {}

  static Map<String, Page> of(
      Supplier<List<PodStatus>> pods,
      Supplier<? extends Collection<MeshWorkload>> workloads,
      Logger root) {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/", new IndexPage(SAY));
    pages.put("/certs", new CertsPage(workloads));
    pages.put("/clusters", new ClustersPage(workloads));
    pages.put("/config", new ConfigPage(workloads));
    pages.put("/healthz", () -> Reply.text(200, "ok\n"));
    pages.put("/loglevel", new LogLevelPage(root));
    pages.put("/pods", new PodsPage(pods));
    return pages;
  }
}
