package dev.heddle.node;

import dev.heddle.node.pod.Pod;
import dev.heddle.node.warmup.WarmUp;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A warm-up on servers that serve nobody else, so that nothing of it is counted or kept. */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");

  private Rehearsal() {}

  /** Returns when it is over, or could not be; closes the servers. */
  static void run(EventLoopGroup loops, Servers servers, Duration length) {
    try (servers;
        WarmUp warmUp = new WarmUp(loops, servers.outbound(), servers.inbound())) {
      try {
        warmUp.run(length);
      } finally {
        for (Pod pod : warmUp.pods()) {
          servers.forget(pod);
          servers.forget(pod.workload());
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("the warm-up ended early, first calls will be slower: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
