package dev.heddle.node.workload;

import dev.heddle.control.client.ClientListener;

/** What is told of a stream to the control service: each end once, until it works again. */
abstract class DiscoveryLog implements ClientListener {

  private final String who;
  private final MeshLog log;
  private boolean told;

  DiscoveryLog(String who, MeshLog log) {
    this.who = who;
    this.log = log;
  }

  @Override
  public void connected() {
    if (told) {
      log.info("the control service answers again, for " + who);
    }
    told = false;
  }

  @Override
  public void disconnected(String reason) {
    if (!told) {
      told = true;
      log.warn("no control service for " + who + ": " + reason + "; what is held stays in force");
    }
  }

  @Override
  public void rejected(String reason) {
    log.warn("configuration of " + who + " refused, the one before stays in force: " + reason);
  }

  @Override
  public void failed(Throwable failure) {
    log.failure("discovery failed for " + who + ", what is held stays in force", failure);
  }

  @Override
  public void stateFileUnusable(String reason) {
    log.warn("--state, of " + who + ": " + reason);
  }
}
