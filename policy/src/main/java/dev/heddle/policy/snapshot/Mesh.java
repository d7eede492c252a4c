package dev.heddle.policy.snapshot;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process holds of the mesh: an immutable value, replaced as a whole. A change copies the
 * two maps, which hold the hosts that one process calls, not those of the mesh.
 */
public final class Mesh {

  /** Nothing is held. */
  public static final Mesh EMPTY = new Mesh(Collections.emptyMap(), Collections.emptyMap());

  private final Map<String, HostRoutes> routes;
  private final Map<String, HostEndpoints> endpoints;

  private Mesh(Map<String, HostRoutes> routes, Map<String, HostEndpoints> endpoints) {
    this.routes = routes;
    this.endpoints = endpoints;
  }

  /** The name under which a host and port are held. */
  public static String name(String host, int port) {
    return host + ':' + port;
  }

  /** This value with these routes in place of those of the same host and port. */
  public Mesh with(HostRoutes added) {
    return new Mesh(with(routes, name(added.host(), added.port()), added), endpoints);
  }

  /** This value with these endpoints in place of those of the same host and port. */
  public Mesh with(HostEndpoints added) {
    return new Mesh(routes, with(endpoints, name(added.host(), added.port()), added));
  }

  /** This value without the routes of a host and port. */
  public Mesh withoutRoutes(String host, int port) {
    return new Mesh(without(routes, name(host, port)), endpoints);
  }

  /** This value without the endpoints of a host and port. */
  public Mesh withoutEndpoints(String host, int port) {
    return new Mesh(routes, without(endpoints, name(host, port)));
  }

  /** Routes by the {@code host:port} that the app names. */
  public Map<String, HostRoutes> routes() {
    return routes;
  }

  /** Endpoints by {@code host:port}, the host fully qualified. */
  public Map<String, HostEndpoints> endpoints() {
    return endpoints;
  }

  /** The routes of a host and port as the app names them, or null where they are not held. */
  public @Nullable HostRoutes routes(String host, int port) {
    return routes.get(name(host, port));
  }

  /** The endpoints of a service port, or null where they are not held. */
  public @Nullable HostEndpoints endpoints(String host, int port) {
    return endpoints.get(name(host, port));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mesh
        && routes.equals(((Mesh) other).routes)
        && endpoints.equals(((Mesh) other).endpoints);
  }

  @Override
  public int hashCode() {
    return 31 * routes.hashCode() + endpoints.hashCode();
  }

  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> next = new HashMap<>(map);
    next.put(name, value);
    return Collections.unmodifiableMap(next);
  }

  private static <V> Map<String, V> without(Map<String, V> map, String name) {
    Map<String, V> next = new HashMap<>(map);
    next.remove(name);
    return Collections.unmodifiableMap(next);
  }
}
