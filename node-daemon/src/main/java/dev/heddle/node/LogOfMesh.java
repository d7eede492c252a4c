package dev.heddle.node;

import dev.heddle.node.workload.MeshLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's log, for what becomes of workloads. */
final class LogOfMesh implements MeshLog {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node.mesh");

  @Override
  public void info(String message) {
    LOG.info(message);
  }

  @Override
  public void warn(String message) {
    LOG.warn(message);
  }

  @Override
  public void failure(String message, Throwable failure) {
    LOG.error(message, failure);
  }
}
