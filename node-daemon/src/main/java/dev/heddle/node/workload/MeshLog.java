package dev.heddle.node.workload;

/** Where people read what becomes of workloads. Any thread; must not block. */
public interface MeshLog {

  /** What went as it should. */
  void info(String message);

  /** What goes on, but not as it should; says what holds meanwhile. */
  void warn(String message);

  /** A bug, or a library that lacks something. */
  void failure(String message, Throwable failure);
}
