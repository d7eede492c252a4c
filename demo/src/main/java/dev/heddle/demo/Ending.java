package dev.heddle.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leaves nothing behind, however the demo ends: by itself, by an error or by Ctrl-C. */
final class Ending implements AutoCloseable {

  private final Mesh mesh;
  private final Workspace workspace;
  private final AtomicBoolean done = new AtomicBoolean();

  Ending(Mesh mesh, Workspace workspace) {
    this.mesh = mesh;
    this.workspace = workspace;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "heddle-demo-ending"));
  }

  @Override
  public void close() {
    if (!done.compareAndSet(false, true)) {
      return;
    }
    mesh.close();
    try {
      workspace.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
