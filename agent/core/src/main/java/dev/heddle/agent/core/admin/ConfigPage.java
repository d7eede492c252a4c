package dev.heddle.agent.core.admin;

import dev.heddle.agent.core.Discovery;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.policy.snapshot.Mesh;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /config}: what this process holds of the mesh, and from which version. */
final class ConfigPage implements Supplier<String> {

  /** Discovery's thread answers at once, unless it is ill; the page then goes without versions. */
  private static final int VERSIONS_MILLIS = 500;

  private final Discovery discovery;
  private final Function<String, CompletableFuture<Map<String, String>>> versions;

  /** versions gives those of a type of resources, by name. */
  ConfigPage(
      Discovery discovery, Function<String, CompletableFuture<Map<String, String>>> versions) {
    this.discovery = discovery;
    this.versions = versions;
  }

  @Override
  public String get() {
    StringBuilder text =
        new StringBuilder("control service: ")
            .append(discovery.isConnected() ? "connected" : "not connected, the last good holds")
            .append('\n');
    Mesh mesh = discovery.mesh();
    Map<String, String> ofRoutes = versions(ResourceType.ROUTES);
    new TreeMap<>(mesh.routes())
        .forEach((name, routes) -> append(text, "routes ", name, ofRoutes, routes));
    Map<String, String> ofEndpoints = versions(ResourceType.ENDPOINTS);
    new TreeMap<>(mesh.endpoints())
        .forEach((name, all) -> append(text, "endpoints ", name, ofEndpoints, all.endpoints()));
    return text.toString();
  }

  private Map<String, String> versions(String type) {
    try {
      return versions.apply(type).get(VERSIONS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Collections.emptyMap();
    } catch (ExecutionException | TimeoutException e) {
      return Collections.emptyMap();
    }
  }

  private static void append(
      StringBuilder text, String kind, String name, Map<String, String> versions, Object value) {
    text.append(kind)
        .append(name)
        .append(" version ")
        .append(versions.getOrDefault(name, "unknown"))
        .append(": ")
        .append(value)
        .append('\n');
  }
}
