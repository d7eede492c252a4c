package dev.heddle.control.serve;

import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.ClientListener;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.channel.ControlEndpoint;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A started client and what it was told. */
final class FollowingClient implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 20;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Mesh> meshes = new LinkedBlockingQueue<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final DiscoveryClient client;
  private Mesh mesh = Mesh.EMPTY;

  FollowingClient(int port, String namespace, @Nullable Path stateDirectory) {
    client =
        new DiscoveryClient(
            ControlEndpoint.plaintext("127.0.0.1", port),
            ClientIdentity.of("caller-1", namespace, "default", Map.of(), "test"),
            stateDirectory,
            bound -> 0, // reconnects at once
            new Told());
    client.start();
  }

  private final class Told implements ClientListener {
    @Override
    public void meshChanged(Mesh mesh) {
      meshes.add(mesh);
    }

    @Override
    public void connected() {
      events.add("connected");
    }

    @Override
    public void disconnected(String reason) {
      events.add("disconnected: " + reason);
    }

    @Override
    public void rejected(String reason) {
      events.add("rejected: " + reason);
    }

    @Override
    public void failed(Throwable failure) {
      failures.add(failure);
    }

    @Override
    public void stateFileUnusable(String reason) {
      events.add("state: " + reason);
    }
  }

  /** Follows a host; returns when calls to it can be decided. */
  void follow(String host, int port) throws Exception {
    client.follow(host, port).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Until a mesh comes of which this holds; AssertionError if none does in time. */
  void await(Predicate<Mesh> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!wanted.test(mesh)) {
      Mesh next = meshes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("held: " + mesh.routes() + mesh.endpoints() + failures + events);
      }
      mesh = next;
    }
  }

  /** The mesh that it was told last. */
  Mesh latest() {
    for (Mesh next = meshes.poll(); next != null; next = meshes.poll()) {
      mesh = next;
    }
    return mesh;
  }

  /** Seconds of the timeout that the first route of a host has now, -1: it has none. */
  long timeoutSeconds(String host, int port) {
    return timeoutSeconds(latest().routes(host, port));
  }

  /** Until the routes of this host have this timeout. */
  void awaitTimeout(String host, int port, long seconds) throws InterruptedException {
    await(mesh -> timeoutSeconds(mesh.routes(host, port)) == seconds);
  }

  private static long timeoutSeconds(@Nullable HostRoutes routes) {
    return routes == null
        ? -1
        : TimeUnit.NANOSECONDS.toSeconds(routes.routes().get(0).timeoutNanos());
  }

  /** The endpoints held of a service port, as {@code address:port}; empty where none are. */
  List<String> endpoints(String host, int port) {
    HostEndpoints held = mesh.endpoints(host, port);
    return held == null
        ? List.of()
        : held.endpoints().stream().map(e -> e.address() + ":" + e.port()).toList();
  }

  /** What it was told next; AssertionError if nothing is in time. */
  String event() throws InterruptedException {
    String event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("told nothing; " + failures);
    }
    return event;
  }

  /** What it was told and nobody has looked at. */
  List<String> otherEvents() {
    return List.copyOf(events);
  }

  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() {
    client.close();
  }
}
