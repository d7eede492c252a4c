package dev.heddle.policy.snapshot;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a process holds of the mesh: an immutable value, replaced as a whole. */
public final class Mesh {

  /** Nothing is held. */
  public static final Mesh EMPTY = new Mesh(Collections.emptyMap(), Collections.emptyMap());

  private final Map<String, HostRoutes> routes;
  private final Map<String, HostEndpoints> endpoints;

  private Mesh(Map<String, HostRoutes> routes, Map<String, HostEndpoints> endpoints) {
    this.routes = routes;
    this.endpoints = endpoints;
  }

  /** A value that holds these, by {@code host:port}; the maps are copied. */
  public static Mesh of(Map<String, HostRoutes> routes, Map<String, HostEndpoints> endpoints) {
    return new Mesh(
        Collections.unmodifiableMap(new HashMap<>(routes)),
        Collections.unmodifiableMap(new HashMap<>(endpoints)));
  }

  /** The name under which a host and port are held. */
  public static String name(String host, int port) {
    return host + ':' + port;
  }

  /** Routes by the host and port that the app names. */
  public Map<String, HostRoutes> routes() {
    return routes;
  }

  /** Endpoints by fully qualified host and service port. */
  public Map<String, HostEndpoints> endpoints() {
    return endpoints;
  }

  /** The endpoints of a service port, or null where they are not held. */
  public @Nullable HostEndpoints endpoints(String host, int port) {
    return endpoints.get(name(host, port));
  }
}
